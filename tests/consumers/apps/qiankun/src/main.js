import { loadMicroApp } from "qiankun";
import { options, show } from "./outcome.js";

loadMicroApp({
  name: "child",
  entry: "/child.html",
  container: "#child",
  props: { options, show },
});
