// The subpaths for resolvers that do not read `exports`: they get by the layout of the files what the others get by it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileOf, MANIFEST, subpaths } from "../../scripts/lib/subpaths.mjs";
import { createProject, type Project } from "./install.ts";

type Condition = { types: string; default: string };

const { exports, files } = JSON.parse(
  readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"),
) as {
  exports: Record<string, { require: Condition; default: Condition }>;
  files: string[];
};
/** A path asks for a file and not for a package, so that Node does not read `exports` either. */
const { resolve } = createRequire(import.meta.url);
let project: Project;
const folder = () => join(project.folder, "node_modules/ecs-detach-volume");

before(() => {
  project = createProject();
});
after(() => project?.remove());

it("there are subpaths", () => {
  assert.deepEqual(subpaths().slice(0, 3), ["asm", "auto", "messages"]);
});

for (const subpath of subpaths())
  describe(`the subpath ${subpath}`, () => {
    const entry = exports[`./${subpath}`];
    const place = (path: string) => `./${subpath}/${path.replace("./", "")}`;

    it("is CommonJS, by its name alone", () => {
      assert.equal(`./${relative(folder(), resolve(join(folder(), subpath)))}`, entry?.require.default);
    });

    it("is a module with types for whoever reads the manifest of its folder", () => {
      const manifest = JSON.parse(readFileSync(join(folder(), subpath, "package.json"), "utf8"));
      assert.deepEqual(manifest, MANIFEST);
      assert.equal(place(manifest.main), entry?.require.default);
      assert.equal(place(manifest.module), entry?.default.default);
      assert.equal(place(manifest.types), entry?.default.types);
    });

    it("is listed in the manifest of the package with all its files", () => {
      const endings = ["js", "cjs", "d.ts", "d.cts"].map((ending) => fileOf(subpath, ending));
      for (const file of [...endings, `${subpath}/package.json`]) assert.ok(files.includes(file), file);
    });
  });
