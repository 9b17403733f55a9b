/** The one place that touches `acquireVsCodeApi`: a typed door from a webview to the extension host. */

/** What VS Code gives a webview, once per page. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** A webview's side of the conversation: `Out` goes to the host. */
export interface Host<Out> {
  post(message: Out): void;
  /** What `save` kept when the view was last shown; undefined the first time. Shape unknown: an older version may have written it. */
  load(): unknown;
  save(state: unknown): void;
}

/** Takes VS Code's API. May be called once a page; VS Code throws at a second call. */
export function connectHost<Out>(): Host<Out> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    load: () => api.getState(),
    save: (state) => api.setState(state),
  };
}
