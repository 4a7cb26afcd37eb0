export const dialog = {
  title: (disk: string) => `Detach ${disk}?`,
  lead: (disk: string, server: string) =>
    `${disk} will be detached from ${server}. The disk and its data are kept.`,
  titleSeveral: (disks: number) => `Detach ${disks} disks?`,
  leadSeveral: (servers: number) =>
    servers === 1
      ? "They will be detached one after the other. The disks and their data are kept."
      : `They will be detached from ${servers} servers, on each one after the other. The disks and their data are kept.`,
  listLabel: "Disks to be detached",
  facts: { size: "Size", device: "Device", bus: "Device type", server: "Server" },
  running:
    "Unmount the disk in the guest system first. While it is mounted or in use, the detachment can fail.",
  stopped: "The server is stopped, so nothing is using the disk.",
  runningSeveral:
    "Unmount the disks in the guest systems first. While a disk is mounted or in use, the detachment can fail.",
  stoppedSeveral: "The servers are stopped, so nothing is using the disks.",
  force: "Force the detachment",
  forceHint: "Detach even if the guest system may still use the disk. It does not delete the disk.",
  warningsTitle: "If you force it",
  warnings: [
    "Data not yet written is lost. Unmount first.",
    "It works on KVM servers with VBD disks only. Elsewhere the service treats it as an ordinary detachment.",
    "The device name and the PCI slot stay occupied.",
    "The disk keeps counting towards the server's disk quota.",
    "A restart of the server is advised afterwards.",
  ],
  scsi: "This is a SCSI disk: forcing has no effect.",
  scsiSeveral: (disks: string) => `SCSI disks, on which forcing has no effect: ${disks}.`,
  separator: ", ",
  code: "Code for this detachment",
  cancel: "Cancel",
  confirm: "Detach",
  confirmForce: "Force detach",
};
