import { type AxiosInstance, type AxiosResponse, isAxiosError } from "axios";
import type { FetchFunction, FetchReply } from "ecs-detach-volume";

/** An instance of axios as `fetch`: its interceptors, XSRF header and `withCredentials` hold for these requests, too. */
export function axiosFetch(instance: AxiosInstance): FetchFunction {
  return async (url, { method = "GET", headers, signal, redirect, cache, referrerPolicy }) => {
    try {
      const response = await instance.request<string>({
        url,
        method,
        headers: Object.fromEntries(new Headers(headers)),
        // The base path is in the URL already.
        baseURL: "",
        // The adapter for XMLHttpRequest, which is the default, follows redirects to a login page.
        adapter: "fetch",
        fetchOptions: { redirect, cache, referrerPolicy },
        responseType: "text",
        transformResponse: (text) => text,
        ...(signal && { signal }),
      });
      return replyOf(response);
    } catch (error) {
      // A refusal is an answer. What has none, such as a broken connection, stays an error.
      if (isAxiosError<string>(error) && error.response) return replyOf(error.response);
      throw error;
    }
  };
}

function replyOf(response: AxiosResponse<string>): FetchReply {
  const { status, headers, data } = response ?? {};
  if (typeof status !== "number") {
    throw new TypeError(
      "an interceptor of this axios instance returns no response with a status; use one without it",
    );
  }
  const lines = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status, headers: new Headers(lines), text: async () => data };
}
