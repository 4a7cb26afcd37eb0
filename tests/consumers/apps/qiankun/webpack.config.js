const common = { mode: "production" };

export default [
  { ...common, entry: { main: "./src/main.js" } },
  // As qiankun asks it of a child.
  { ...common, entry: { child: "./src/child.js" }, output: { library: { name: "child", type: "umd" } } },
];
