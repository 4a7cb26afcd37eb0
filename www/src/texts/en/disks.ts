const serverStatus: Readonly<Record<string, string>> = {
  ACTIVE: "Running",
  SHUTOFF: "Stopped",
  BUILD: "Being created",
  REBOOT: "Restarting",
  HARD_REBOOT: "Restarting",
  ERROR: "Error",
};

const diskStatus: Readonly<Record<string, string>> = {
  "in-use": "In use",
  attaching: "Attaching",
  detaching: "Detaching",
  available: "Available",
  error: "Error",
  error_detaching: "Detachment failed",
};

export const servers = {
  title: "Servers",
  loading: "Loading servers",
  empty: "This project has no servers.",
  failed: "The servers could not be loaded",
  status: serverStatus,
};

export const disks = {
  title: "Disks",
  loading: "Loading disks",
  empty: "No disks are attached to this server.",
  failed: "The disks could not be loaded",
  choose: "Choose a server to see its disks.",
  count: (count: number) => (count === 1 ? "1 disk attached" : `${count} disks attached`),
  updated: (time: string) => `Updated ${time}`,
  stale: (time: string) => `Could not be refreshed; last known state at ${time}`,
  refresh: "Refresh disks",
  columns: {
    choice: "Select",
    name: "Name and ID",
    size: "Size",
    device: "Device",
    bus: "Device type",
    type: "Function",
    status: "Status",
    action: "Operation",
  },
  size: (gib: string) => `${gib} GiB`,
  unknownSize: "Unknown",
  systemDisk: "System disk",
  dataDisk: "Data disk",
  protected: "Boot disk, protected",
  protectedWhy: "The server starts from this disk, so the console does not detach it.",
  noDevice: "None",
  status: diskStatus,
  unknownStatus: "Unknown",
  /** How far the console is with it, where that says more than the disk service. */
  progress: {
    queued: "In line",
    checking: "Checking",
    submitting: "Requesting",
    settling: "Unclear",
    waiting: "Detaching",
    confirming: "Confirming",
  },
  detach: "Detach",
  detachNamed: (disk: string) => `Detach ${disk}`,
  cancel: "Cancel",
  cancelNamed: (disk: string) => `Cancel detaching ${disk}`,
  busyNamed: (disk: string) => `Detach ${disk}: under way`,
};

export const selection = {
  selectNamed: (disk: string) => `Select ${disk}`,
  selectAll: "Select all data disks of this server",
  summary: (disks: number, servers: number) => {
    if (disks === 0) return "No disk selected";
    const what = disks === 1 ? "1 disk selected" : `${disks} disks selected`;
    return servers === 1 ? what : `${what} on ${servers} servers`;
  },
  ofServer: (count: number) => `${count} selected`,
  clear: "Clear selection",
  detach: "Detach selected",
};
