import type { Texts } from "../en/index.ts";

export const problem: Texts["problem"] = {
  facts: { code: "错误码", status: "HTTP 状态码", requestId: "请求 ID", option: "选项" },
  detail: (code) => `详情 ${code}`,
  sessionEnded: {
    title: "会话已失效",
    explanation: "控制台已无法识别本页面，未向云服务发送任何请求。",
    remedy: "请重新加载页面，然后再试。",
  },
};
