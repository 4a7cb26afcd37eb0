import webpack from "webpack";

const { ModuleFederationPlugin } = webpack.container;
const shared = ["ecs-detach-volume"];
const output = (name) => ({ path: `${import.meta.dirname}/dist/${name}`, publicPath: `/dist/${name}/` });

export default [
  {
    entry: "./src/host.js",
    output: output("host"),
    plugins: [new ModuleFederationPlugin({ shared, remotes: { remote: "remote@/dist/remote/entry.js" } })],
  },
  {
    entry: {},
    output: output("remote"),
    plugins: [
      new ModuleFederationPlugin({
        shared,
        name: "remote",
        filename: "entry.js",
        exposes: { "./detach": "./src/remote.js" },
      }),
    ],
  },
];
