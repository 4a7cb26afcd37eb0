// Loaded late, as everything is that shares modules: what is shared must be agreed upon first.
import("./page.js");
