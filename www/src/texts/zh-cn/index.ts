import type { Texts } from "../en/index.ts";
import { activity, batch } from "./activity.ts";
import { dialog } from "./dialog.ts";
import { disks, selection, servers } from "./disks.ts";
import { copy, exchange } from "./exchange.ts";
import { faults } from "./faults.ts";
import { load, product, settings } from "./page.ts";
import { problem } from "./problem.ts";

/** Every text that the console shows, in simplified Chinese. */
export const zhCn: Texts = {
  product,
  settings,
  load,
  servers,
  disks,
  selection,
  faults,
  dialog,
  activity,
  batch,
  exchange,
  copy,
  problem,
};
