// The bundle is loaded with `defer`: the page is parsed when this runs.

startThemes();
startTabs();
startMemory(); // before others add words of their own to the text
startTables();
startFigures();
startCopy();
startMenus();
startGlossary();
startPrinting();
startSearch();
startUnrolling();
startViews();
startFolds(); // last: it scrolls to where the address points
