import type { Texts } from "../en/index.ts";

export const product: Texts["product"] = {
  name: "弹性云服务器",
  documentTitle: "云硬盘 - 弹性云服务器",
  region: "区域",
  regionName: "华北-北京四",
  project: "项目 ID",
  simulated: "模拟环境",
  reset: "重置演示",
  resetDone: "演示已重置，所有云硬盘已重新挂载。",
  resetFailed: (why) => `演示重置失败。${why}`,
  skip: "跳转到云硬盘列表",
};

export const settings: Texts["settings"] = {
  language: "语言",
  theme: "外观",
  themes: { system: "跟随系统", light: "浅色", dark: "深色" },
};

export const load: Texts["load"] = {
  retry: "重试",
  offline: "无法连接控制台服务端。",
  failed: (status, message) => `服务返回 ${status}：${message}`,
  unreadable: "控制台无法解析服务返回的内容。",
  sentences: (one, other) => `${one}。${other}`,
};
