import type { Texts } from "../en/index.ts";

export const servers: Texts["servers"] = {
  title: "云服务器",
  loading: "正在加载云服务器",
  empty: "该项目下没有云服务器。",
  failed: "云服务器列表加载失败",
  status: {
    ACTIVE: "运行中",
    SHUTOFF: "关机",
    BUILD: "创建中",
    REBOOT: "重启中",
    HARD_REBOOT: "强制重启中",
    ERROR: "故障",
  },
};

export const disks: Texts["disks"] = {
  title: "云硬盘",
  loading: "正在加载云硬盘",
  empty: "该云服务器未挂载云硬盘。",
  failed: "云硬盘列表加载失败",
  choose: "请选择云服务器以查看其云硬盘。",
  count: (count) => `已挂载 ${count} 块云硬盘`,
  updated: (time) => `更新于 ${time}`,
  stale: (time) => `刷新失败，当前显示的是 ${time} 的数据`,
  refresh: "刷新云硬盘列表",
  columns: {
    choice: "选择",
    name: "名称/ID",
    size: "容量",
    device: "挂载点",
    bus: "磁盘模式",
    type: "磁盘属性",
    status: "状态",
    action: "操作",
  },
  size: (gib) => `${gib} GiB`,
  unknownSize: "未知",
  systemDisk: "系统盘",
  dataDisk: "数据盘",
  protected: "启动盘，不可卸载",
  protectedWhy: "云服务器从该云硬盘启动，因此控制台不予卸载。",
  noDevice: "无",
  status: {
    "in-use": "正在使用",
    attaching: "正在挂载",
    detaching: "正在卸载",
    available: "可用",
    error: "错误",
    error_detaching: "卸载失败",
  },
  unknownStatus: "未知",
  progress: {
    queued: "排队中",
    checking: "正在检查",
    submitting: "正在提交",
    settling: "结果待确认",
    waiting: "正在卸载",
    confirming: "正在确认",
  },
  detach: "卸载",
  detachNamed: (disk) => `卸载 ${disk}`,
  cancel: "取消",
  cancelNamed: (disk) => `取消卸载 ${disk}`,
  busyNamed: (disk) => `卸载 ${disk}：进行中`,
};

export const selection: Texts["selection"] = {
  selectNamed: (disk) => `选择 ${disk}`,
  selectAll: "选择该云服务器的全部数据盘",
  summary: (disks, servers) => {
    if (disks === 0) return "未选择云硬盘";
    return servers === 1 ? `已选择 ${disks} 块云硬盘` : `已选择 ${servers} 台云服务器的 ${disks} 块云硬盘`;
  },
  ofServer: (count) => `已选 ${count} 块`,
  clear: "清空选择",
  detach: "批量卸载",
};
