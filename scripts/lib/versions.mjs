// Whether all files name the same version, and what the changelog says of it.
import { headings } from "../site/markdown.mjs";

/**
 * What does not agree, in sentences; none where all does.
 *
 * @param {object} texts
 * @param {string} texts.manifest pkg/package.json
 * @param {string} texts.lock package-lock.json
 * @param {string} texts.cargo Cargo.toml
 * @param {string} texts.cargoLock Cargo.lock
 * @param {string} texts.fuzzLock fuzz/Cargo.lock
 * @param {string} texts.changelog CHANGELOG.md
 * @param {string} [texts.tag] the tag of a release; without one, the changelog may say "Unreleased"
 * @param {string} [texts.repository] where on GitHub the release is made, as `owner/name`
 */
export function versionComplaints({
  manifest,
  lock,
  cargo,
  cargoLock,
  fuzzLock,
  changelog,
  tag,
  repository,
}) {
  const { name, version, repository: named } = JSON.parse(manifest);
  const locked = new RegExp(`name = "${name}"\nversion = "([^"]+)"`);
  const found = {
    "package-lock.json": JSON.parse(lock).packages.pkg?.version,
    "Cargo.toml": /^\[package\][^[]*?^version = "([^"]+)"/ms.exec(cargo)?.[1],
    "Cargo.lock": locked.exec(cargoLock)?.[1],
    "fuzz/Cargo.lock": locked.exec(fuzzLock)?.[1],
  };
  const complaints = Object.entries(found)
    .filter(([, other]) => other !== version)
    .map(([file, other]) => `pkg/package.json has version ${version}, ${file} has ${other ?? "none"}`);
  const section = changelogSection(changelog, version);
  if (!section?.text) complaints.push(`CHANGELOG.md says nothing of version ${version}`);
  if (tag === undefined) return complaints;
  if (tag !== `v${version}`) complaints.push(`pkg/package.json has version ${version}, the tag is ${tag}`);
  if (section && !isDate(section.date))
    complaints.push(`CHANGELOG.md has no date for version ${version}, but "${section.date}"`);
  if (repository && !urlOf(named).endsWith(`github.com/${repository}`))
    complaints.push(
      `pkg/package.json must have the repository https://github.com/${repository}: npm compares it with where a release comes from`,
    );
  return complaints;
}

/** What the changelog has between the heading of a version and the next, and the date in the heading. */
export function changelogSection(changelog, version) {
  const sections = headings(changelog).filter(({ level }) => level === 2);
  const at = sections.findIndex(({ title }) => title.startsWith(`[${version}] - `));
  if (at < 0) return null;
  const { title, end } = sections[at];
  const date = title.slice(title.indexOf(" - ") + " - ".length);
  return { date: date.trim(), text: changelog.slice(end, sections[at + 1]?.start).trim() };
}

function isDate(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.slice(0, 10) === text;
}

function urlOf(repository) {
  return String(repository?.url ?? repository ?? "").replace(/\.git$/, "");
}
