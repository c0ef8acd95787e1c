// Before the first paint: the theme this browser was left with. A file of its own, because the page's policy allows no inline script.
const theme = localStorage.getItem("atrio.theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
const locale = localStorage.getItem("atrio.locale");
if (locale) document.documentElement.lang = locale;
