// What the other scripts share. All files of the bundle stand in one function, in the order of `SCRIPTS` in bundle.py.

const root = document.documentElement;

// Some readers' settings close the storage: then nothing is remembered.
const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* see above */ } };
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
