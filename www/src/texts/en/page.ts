export const product = {
  name: "Elastic Cloud Server",
  documentTitle: "Disks - Elastic Cloud Server",
  region: "Region",
  regionName: "CN North-Beijing4",
  project: "Project ID",
  simulated: "Simulated cloud",
  reset: "Reset demo",
  resetDone: "The demo is reset: every disk is attached again.",
  resetFailed: (why: string) => `The demo could not be reset. ${why}`,
  skip: "Skip to the disks",
};

export const settings = {
  language: "Language",
  theme: "Appearance",
  themes: { system: "System", light: "Light", dark: "Dark" },
};

export const load = {
  retry: "Try again",
  offline: "The console server cannot be reached.",
  failed: (status: number, message: string) => `The service answered ${status}: ${message}`,
  unreadable: "The service gave a reply that the console cannot read.",
  sentences: (one: string, other: string) => `${one}. ${other}`,
};
