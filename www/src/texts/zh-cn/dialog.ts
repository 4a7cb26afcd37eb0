import type { Texts } from "../en/index.ts";

export const dialog: Texts["dialog"] = {
  title: (disk) => `卸载云硬盘 ${disk}？`,
  lead: (disk, server) => `${disk} 将从云服务器 ${server} 卸载，云硬盘及其中的数据会保留。`,
  titleSeveral: (disks) => `卸载 ${disks} 块云硬盘？`,
  leadSeveral: (servers) =>
    servers === 1
      ? "以下云硬盘将逐块卸载，云硬盘及其中的数据会保留。"
      : `以下云硬盘将从 ${servers} 台云服务器卸载，每台云服务器上逐块进行。云硬盘及其中的数据会保留。`,
  listLabel: "待卸载的云硬盘",
  facts: { size: "容量", device: "挂载点", bus: "磁盘模式", server: "云服务器" },
  running: "请先在云服务器的系统内卸载文件系统（umount）。文件系统尚未卸载或仍在使用时，卸载云硬盘可能失败。",
  stopped: "云服务器已关机，云硬盘未被使用。",
  runningSeveral:
    "请先在各云服务器的系统内卸载文件系统（umount）。文件系统尚未卸载或仍在使用时，卸载云硬盘可能失败。",
  stoppedSeveral: "云服务器均已关机，云硬盘未被使用。",
  force: "强制卸载",
  forceHint: "即使操作系统可能仍在使用该云硬盘，也执行卸载。云硬盘不会被删除。",
  warningsTitle: "强制卸载须知",
  warnings: [
    "尚未写入的数据会丢失，请先卸载文件系统（umount）。",
    "仅对 KVM 云服务器的 VBD 云硬盘生效，其他情况等同于普通卸载。",
    "设备名和 PCI 槽位仍被占用。",
    "该云硬盘仍计入云服务器的云硬盘配额。",
    "卸载后建议重启云服务器。",
  ],
  scsi: "该云硬盘为 SCSI 模式，强制卸载不生效。",
  scsiSeveral: (disks) => `以下云硬盘为 SCSI 模式，强制卸载不生效：${disks}。`,
  separator: "、",
  code: "本次卸载的代码",
  cancel: "取消",
  confirm: "卸载",
  confirmForce: "强制卸载",
};
