// The bundle is loaded with `defer`: the page is parsed when this runs.

startThemes();
startTabs();
startTables();
startCopy();
startMenus();
startPrinting();
startSearch();
startFolds(); // last: it scrolls to where the address points
