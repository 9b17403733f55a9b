/** A webview's page: one script and one style sheet of our own, and nothing else may load, run or be fetched. */
import * as vscode from "vscode";

/** @param bundle The name that its script and its style sheet have in `files`. */
export function panelPage(webview: vscode.Webview, files: vscode.Uri, bundle = "chat"): string {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${address(`${bundle}.css`)}">
  <title>HAPA</title>
</head>
<body>
  <div id="root"></div>
  <script nonce="${nonce}" src="${address(`${bundle}.js`)}"></script>
</body>
</html>`;
}
