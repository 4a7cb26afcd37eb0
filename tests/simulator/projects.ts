import { json } from "./replies.ts";
import type { Project } from "./types.ts";

const MAX_PER_PAGE = 5000;

/** The projects that the query asks for, a page of them, as the identity service answers. */
export function projectList(projects: readonly Project[], url: URL, requestId: string): Response {
  const { searchParams } = url;
  const name = searchParams.get("name");
  const found = projects.filter((project) => name === null || project.name === name);

  const page = readCount(searchParams.get("page"), 1, Number.MAX_SAFE_INTEGER);
  const perPage = readCount(searchParams.get("per_page"), MAX_PER_PAGE, MAX_PER_PAGE);
  if (!page) return identityError(400, "Bad Request", "Request parameter page is invalid.", requestId);
  if (!perPage) return identityError(400, "Bad Request", "Request parameter per_page is invalid.", requestId);

  const start = (page - 1) * perPage;
  const body = {
    projects: found.slice(start, start + perPage).map((project) => projectView(project, url.origin)),
    links: {
      self: url.href,
      next: start + perPage < found.length ? pageUrl(url, page + 1) : null,
      previous: page > 1 ? pageUrl(url, page - 1) : null,
    },
  };
  return json(body, 200, traced(requestId));
}

/** For a caller whom the identity service does not know. */
export function unidentified(requestId: string): Response {
  const message = "The request you have made requires authentication.";
  return identityError(401, "Unauthorized", message, requestId);
}

/** An error of the identity service, whose codes are the status once more. */
function identityError(status: number, title: string, message: string, requestId: string): Response {
  return json({ error: { code: status, message, title } }, status, traced(requestId));
}

function traced(requestId: string): Record<string, string> {
  return { "X-IAM-Trace-Id": requestId };
}

function projectView({ id, domainId, name }: Project, origin: string): Record<string, unknown> {
  return {
    domain_id: domainId,
    is_domain: false,
    parent_id: domainId,
    name,
    description: "",
    links: { self: `${origin}/v3/projects/${id}`, next: null, previous: null },
    id,
    enabled: true,
  };
}

function pageUrl(url: URL, page: number): string {
  const other = new URL(url);
  other.searchParams.set("page", String(page));
  return other.href;
}

/** `undefined` for what is no whole number from 1 to the maximum. */
function readCount(text: string | null, fallback: number, max: number): number | undefined {
  if (text === null) return fallback;
  return /^[1-9]\d*$/.test(text) && Number(text) <= max ? Number(text) : undefined;
}
