import type { Texts } from "../en/index.ts";

export const exchange: Texts["exchange"] = {
  title: "HTTP 报文",
  about: (disk) => disk,
  empty: "尚未发送请求",
  emptyHint: "下一次卸载的请求和响应会原样显示在这里，敏感信息已遮盖。",
  purposes: {
    detach: "卸载云硬盘",
    question: "查询任务状态",
    look: "查询云硬盘是否仍挂载",
  },
  status: { pending: "等待中", lost: "连接中断", aborted: "已取消" },
  request: "请求",
  answer: "响应",
  noBody: "无消息体",
  noHeaders: "无消息头",
  waiting: "正在等待响应",
  reading: "正在读取消息体",
  lost: (time) => `未收到响应，连接在 ${time} 后中断。`,
  aborted: (time) => `控制台在 ${time} 后取消，响应未知。`,
  cut: "消息体未完整到达。",
  tooLong: (shown, all) => `共 ${all} 个字符，仅显示前 ${shown} 个。`,
};

export const copy: Texts["copy"] = {
  projectId: "项目 ID",
  serverId: "云服务器 ID",
  taskId: "任务 ID",
  requestId: "请求 ID",
  code: "代码",
  label: (what) => `复制${what}`,
  done: (what) => `已复制${what}。`,
  failed: "当前环境不允许复制。",
};
