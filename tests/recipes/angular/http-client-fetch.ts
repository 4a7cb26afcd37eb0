import { HttpClient, HttpErrorResponse, HttpHeaders, type HttpResponse } from "@angular/common/http";
import { inject } from "@angular/core";
import type { FetchFunction, FetchReply } from "ecs-detach-volume";
import { firstValueFrom, fromEvent, takeUntil } from "rxjs";

/**
 * Angular's `HttpClient` as `fetch`: its interceptors and XSRF header hold for these requests, too. Needs
 * `provideHttpClient(withFetch())`, because `XMLHttpRequest` follows redirects to a login page.
 */
export function httpClientFetch(http = inject(HttpClient)): FetchFunction {
  return async (url, { method = "GET", headers, signal, ...init }) => {
    const { redirect = "error", cache = "no-store", credentials = "same-origin", referrerPolicy } = init;
    const request = http.request(method, url, {
      headers: new HttpHeaders(new Headers(headers)),
      observe: "response",
      responseType: "text",
      redirect,
      cache,
      credentials,
      ...(referrerPolicy && { referrerPolicy }),
    });
    try {
      return replyOf(
        await firstValueFrom(signal ? request.pipe(takeUntil(fromEvent(signal, "abort"))) : request),
      );
    } catch (error) {
      // A refusal is an answer. What has none, such as a broken connection, stays an error.
      if (error instanceof HttpErrorResponse && error.status > 0) return replyOf(error);
      throw error;
    }
  };
}

function replyOf(response: HttpResponse<string> | HttpErrorResponse): FetchReply {
  const text = response instanceof HttpErrorResponse ? response.error : response.body;
  return {
    status: response.status,
    headers: { get: (name) => response.headers.get(name) },
    text: async () => text ?? "",
  };
}
