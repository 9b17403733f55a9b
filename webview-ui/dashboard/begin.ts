/**
 * Before anything else is loaded: which language the page speaks and in which colours. Words are chosen once, when they
 * are first needed. A link of VS Code says the language; it is remembered, as are the colours the person chose.
 */
import { keep, kept } from "./kept.ts";
import { readLink } from "./link.ts";

const link = readLink(location.hash);
if (link?.language) keep("language", link.language);
document.documentElement.lang = kept("language") ?? navigator.language;

const theme = kept("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
