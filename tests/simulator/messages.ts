import type { Language } from "./types.ts";

type Row = readonly [status: number, english: string, chinese: string];

/**
 * The codes that a detach or a job query can meet, as published in the ECS API reference, "Error Codes".
 * Some published texts are odd (a missing letter, a wrong noun) and stay so: clients have to live with them.
 */
const ECS_CODES: Readonly<Record<string, Row>> = {
  "Ecs.0000": [400, "Request error. Try again later or contact customer service.", "请求数据错误"],
  "Ecs.0002": [
    400,
    "A system exception occurred. Try again later or contact customer service.",
    "提交任务失败",
  ],
  "Ecs.0003": [
    403,
    "You do not have permission to perform this operation. Contact customer service to obtain permission.",
    "账户受限",
  ],
  "Ecs.0004": [400, "A system exception occurred. Try again later or contact customer service.", "升权失败"],
  "Ecs.0005": [400, "Invalid parameter values. Contact customer service.", "参数非法"],
  "Ecs.0023": [
    400,
    "project_id in token mismatches with project_id in url.",
    "token无效或者token中的tenantId和URL中的tenantId不匹配",
  ],
  "Ecs.0030": [
    400,
    "The ECS has been frozen and does not support specifications modification.",
    "云服务器被冻结",
  ],
  "Ecs.0066": [
    403,
    "This operation cannot be performed because real-name authentication has not been completed.",
    "未实名认证受限",
  ],
  "Ecs.0067": [403, "Insufficient account balance.", "余额不足受限"],
  "Ecs.0068": [403, "This operation cannot be performed by partners.", "成为合作伙伴受限"],
  "Ecs.0069": [403, "You have not associated a payment method with your account.", "未完善支付信息受限"],
  "Ecs.0070": [
    403,
    "Insufficient budget. Contact the enterprise administrator and request for a budget increase.",
    "企业部门账号预算不足受限",
  ],
  "Ecs.0071": [
    403,
    "This operation cannot be performed because your account has been suspended.",
    "黑产账号受限",
  ],
  "Ecs.0073": [
    400,
    "The system disk is being backed up. Wait until the execution is complete and try again.",
    "系统卷处于卷备份过程中",
  ],
  "Ecs.0100": [
    400,
    "The ECS status does not meet requirements. Make the ECS in the required status and try again.",
    "云服务器状态不符合要求",
  ],
  "Ecs.0101": [
    400,
    "The system disk is currently unresponsive. Try again later or contact customer service.",
    "系统盘状态异常",
  ],
  "Ecs.0102": [
    400,
    "The data disk is currently unresponsive. Try again later or contact customer service.",
    "系统盘状态不支持卸载",
  ],
  "Ecs.0103": [
    400,
    "The disk can be attached to a server only if it exists and the state must be in the available. Make sure the disk state is available and try again.",
    "云磁盘状态不可用",
  ],
  "Ecs.0104": [
    400,
    "The number of EVS disks that can be attached to the ECS exceeds the maximum number allowed. Decrease the number of EVS disks to be attached and try again.",
    "云服务器可挂载云硬盘槽位不足",
  ],
  "Ecs.0105": [
    400,
    "No system disk found. Attach the system disk to the ECS and try again.",
    "云服务器系统盘查询失败",
  ],
  "Ecs.0106": [
    400,
    "A network exception occurred. Try again later or contact customer service.",
    "网络状态异常",
  ],
  "Ecs.0110": [403, "Contact the main account to obtain permission.", "客户端禁止，权限不足"],
  "Ecs.0111": [
    400,
    "The EVS disk has been detached from the ECS. Refresh the disk list and check the disk.",
    "磁盘没有挂载至服务列表中",
  ],
  "Ecs.0114": [404, "The ECS does not exist.", "云服务器不存在"],
  "Ecs.0118": [400, "The number of ECSs exceeds the maximum allowed limit.", "批量操作的任务数超过最大限制"],
  "Ecs.0301": [
    400,
    "Failed to query the ECS. Try again later or contact customer service.",
    "查询云服务器失败",
  ],
  "Ecs.0503": [
    400,
    "Failed to obtain the system disk. Try again later or contact customer service.",
    "查询系统卷失败",
  ],
  "Ecs.0603": [
    501,
    "ther commands are being executed. Try again later.",
    "当前已有其他命令执行，请稍后1分钟重试",
  ],
  "Ecs.0605": [400, "ECS locked.", "云服务器被锁定"],
  "Ecs.0611": [400, "Batch operation failed.", "批量请求操作失败"],
  "Ecs.0614": [404, "The ECS does not exist.", "弹性云服务器不存在"],
  "Ecs.0615": [500, "The thread list is empty.", "服务器处理请求异常"],
  "Ecs.1000": [
    400,
    "A system exception occurred. Try again later or contact customer service.",
    "调用Nova接口处理请求异常",
  ],
  "Ecs.1001": [
    400,
    "A system exception occurred. Try again later or contact customer service.",
    "访问OpenStack异常",
  ],
  "Ecs.1002": [
    400,
    "A system exception occurred. Try again later or contact customer service.",
    "访问OpenStack超时",
  ],
  "Ecs.1100": [
    400,
    "A system exception occurred. Try again later or contact customer service.",
    "访问IAM失败",
  ],
  "Ecs.1200": [
    400,
    "A system exception occurred. Try again later or contact customer service.",
    "访问VPC失败",
  ],
  "Ecs.1300": [
    400,
    "A system exception occurred. Try again later or contact customer service.",
    "访问EVS超时",
  ],
  "Pdp.0001": [403, "Policy doesn't allow ecs:cloudServers:detachVolume to be performed.", "API鉴权失败"],
  "Common.0024": [202, "exceeds flow over limit", "请求流控"],
  "Common.0002": [400, "The request body cannot be left blank.", "请求消息体为空"],
  "Common.0011": [400, "Failed to query system tasks.", "无效JobId"],
  "Common.0018": [
    400,
    "The project ID in the URL is different from that in the token.",
    "token无效，token中的project_id和URL中的project_id不一致",
  ],
  "Common.0020": [
    400,
    "A system exception occurred. Try again later or contact customer service.",
    "任务重试失败",
  ],
  "Common.0021": [400, "Sub job fail!", "查询Job异常"],
  "Common.0022": [400, "Mission fail!", "提交Job异常"],
  "Common.0999": [400, "The system was broken, exit.", "任务退出"],
  "Common.0025": [400, "Query job Error because the job service is busy.", "查询Job异常"],
  "Common.0026": [400, "Fail to get Region Info", "查询AZ信息异常"],
  "Common.0013": [401, "Invalid token.", "token不合法"],
  "Common.0001": [
    500,
    "A system exception occurred. Try again later or contact customer service.",
    "系统异常",
  ],
  "Common.1503": [503, "Api flow control Error because of too many requests.", "API流控"],
  // Not in the published table, but seen in real answers, with this status.
  "EPS.0003": [
    401,
    "policy doesn't allow ecs:cloudServers:detachVolume",
    "policy doesn't allow ecs:cloudServers:detachVolume",
  ],
};

/** The texts of the API gateway, which come in English whatever the language asked for. */
const GATEWAY_CODES: Readonly<Record<string, readonly [status: number, message: string]>> = {
  "APIGW.0101": [404, "The API does not exist or has not been published in the environment."],
  "APIGW.0103": [404, "The backend does not exist."],
  "APIGW.0201": [502, "Backend unavailable."],
  "APIGW.0301": [401, "Incorrect IAM authentication information: decrypt token fail"],
  "APIGW.0302": [403, "The IAM user is not authorized to access the API."],
  "APIGW.0306": [403, "API access denied."],
  "APIGW.0307": [401, "The token must be updated."],
  "APIGW.0308": [
    429,
    "The throttling threshold has been reached: policy user over ratelimit,limit:200,time:5 minute",
  ],
  "APIGW.0310": [403, "The project is unavailable."],
  "APIGW.0601": [500, "Internal server error."],
  "APIGW.0602": [400, "Bad request."],
  "APIGW.0610": [502, "No backend available."],
  "APIGW.0613": [503, "The IAM service is currently unavailable."],
};

/** What the gateway says with a status of its own accord. */
const GATEWAY_STATUSES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ["APIGW.0602", "Bad request."],
  401: ["APIGW.0301", "Incorrect IAM authentication information: decrypt token fail"],
  403: ["APIGW.0302", "The IAM user is not authorized to access the API."],
  404: ["APIGW.0101", "The API does not exist or has not been published in the environment."],
  405: ["APIGW.0101", "The API does not exist."],
  413: ["APIGW.0201", "Request entity too large."],
  414: ["APIGW.0201", "Request URI too large."],
  494: ["APIGW.0201", "Request headers too large."],
  429: [
    "APIGW.0308",
    "The throttling threshold has been reached: policy user over ratelimit,limit:200,time:5 minute",
  ],
  502: ["APIGW.0201", "Backend unavailable."],
  503: ["APIGW.0613", "The IAM service is currently unavailable."],
  504: ["APIGW.0201", "Backend timeout."],
};

export interface CodeText {
  status: number;
  message: string;
}

/** Status and text of an ECS code; a code that the table lacks is a 400. */
export function ecsText(code: string, language: Language): CodeText {
  const row = ECS_CODES[code];
  if (!row) return { status: 400, message: `simulated error ${code}` };
  return { status: row[0], message: language === "zh-cn" ? row[2] : row[1] };
}

/** Status and text of an API gateway code; a code that the table lacks is a 500. */
export function gatewayText(code: string): CodeText {
  const [status, message] = GATEWAY_CODES[code] ?? [500, "Internal server error."];
  return { status, message };
}

/** Code and text with which the gateway answers a status. */
export function gatewayStatus(status: number): { code: string; message: string } {
  const [code, message] = GATEWAY_STATUSES[status] ?? ["APIGW.0601", "Internal server error."];
  return { code, message };
}
