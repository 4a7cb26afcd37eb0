import type { Tally } from "../../types.ts";
import type { Texts } from "../en/index.ts";

export const activity: Texts["activity"] = {
  title: "操作记录",
  empty: "暂无卸载记录",
  emptyHint: "每次卸载及其结果都会显示在这里。",
  preloaded: {
    idle: (time) => `空闲时已加载模块，用时 ${time}`,
    button: (time) => `接近按钮时已加载模块，用时 ${time}`,
  },
  heading: (disk, server) => `${disk}（云服务器 ${server}）`,
  resumed: "已恢复",
  forced: "强制卸载",
  simulated: (fault) => `模拟：${fault}。`,
  simulatedBefore: (fault) => `重新加载前模拟：${fault}。`,
  titles: {
    queued: "排队中",
    running: "正在卸载",
    confirmed: "卸载成功，已确认",
    detached: "卸载成功，待确认",
  },
  hints: {
    queued: "需等待同一云服务器上的其他云硬盘先完成卸载。",
    confirmed: "该云硬盘已不在云服务器的挂载列表中，可以挂载到其他云服务器。",
    detached: "任务已成功，但挂载列表尚未确认。",
  },
  steps: {
    label: "卸载进度",
    names: { checking: "检查", submitting: "提交", waiting: "等待", confirming: "确认" },
    value: (step, all, words) => `第 ${step} 步，共 ${all} 步：${words}`,
  },
  job: "任务 ID",
  jobStatus: "任务状态",
  took: "耗时",
  noValue: "–",
  elapsed: (seconds) =>
    seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`,
  elapsedLabel: "已用时间：",
  serviceSays: "服务返回的信息",
  finding: "详细信息",
  excerpt: "返回内容的开头",
  endedWith: (title) => `此前等待已中止：${title}。`,
  aftermath: {
    checking: "正在查看挂载列表。",
    unread: "无法读取挂载列表。",
    attached: "已核实：云硬盘仍处于挂载状态。",
    detaching: "已核实：云硬盘正在卸载。",
    gone: "已核实：云硬盘已不在该云服务器上。",
  },
  cancel: "取消",
  cancelNamed: (disk) => `取消等待 ${disk}`,
  follow: "继续跟踪",
  followNamed: (disk) => `继续跟踪 ${disk} 的任务`,
  look: "查看云硬盘",
  lookNamed: (disk) => `在挂载列表中查看云硬盘 ${disk}`,
  showExchange: "HTTP 报文",
  showExchangeNamed: (disk) => `${disk} 的 HTTP 报文`,
  dismiss: "移除",
  dismissNamed: (disk) => `移除 ${disk} 的记录`,
  announce: {
    begun: (disk) => `开始卸载 ${disk}。`,
    waiting: (disk) => `${disk} 的卸载请求已受理。`,
    followed: (disk) => `继续跟踪 ${disk} 的任务。`,
    settling: (disk) => `${disk} 的结果不明确，正在查看其是否已卸载。`,
    about: (disk, words) => `${disk}：${words}`,
    answersAgain: (disk) => `${disk}：服务已恢复响应。`,
    confirmed: (disk) => `${disk} 卸载成功，已确认。`,
    detached: (disk) => `${disk} 卸载成功，待确认。`,
    failed: (disk, title) => `${disk}：${title}。`,
    batchBegun: (disks) => `开始卸载 ${disks} 块云硬盘。`,
    batchGoesOn: (sum) => `${sentence(sum)}。`,
    batchEnded: (sum) => `处理完成：${sentence(sum)}。`,
    failedOfSeveral: (disk, title, sum) => `${disk}：${title}。${sum}`,
    resumed: (tasks) => `继续跟踪 ${tasks} 个进行中的任务。`,
  },
};

export const batch: Texts["batch"] = {
  running: (disks) => `正在卸载 ${disks} 块云硬盘`,
  done: ({ all, detached, confirmed }) => {
    if (detached < all) return `${all} 块云硬盘中已卸载 ${detached} 块`;
    return confirmed === all ? `${all} 块云硬盘卸载成功，已确认` : `${all} 块云硬盘卸载成功`;
  },
  servers: (names) => `云服务器：${names.join("、")}`,
  sentence,
  progress: "已处理的云硬盘",
  cancelAll: "全部取消",
  cancelAllNamed: (disks) => `全部取消：不再等待 ${disks} 块云硬盘`,
  dismissNamed: (disks) => `移除 ${disks} 块云硬盘的记录`,
};

function sentence({ all, detached, failed, cancelled }: Tally): string {
  const parts = [`共 ${all} 块，已卸载 ${detached} 块`];
  if (failed > 0) parts.push(`失败 ${failed} 块`);
  if (cancelled > 0) parts.push(`取消 ${cancelled} 块`);
  return parts.join("，");
}
