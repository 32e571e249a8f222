import { escaped } from '../emitters/picture/printSvg.ts';
import type { PageData } from './pageData.ts';

/** What a page is made of besides its data; the hashes are SHA-256 in base 64, as a content security policy has them. */
export interface PageParts {
  readonly script: string;
  readonly scriptHash: string;
  readonly style: string;
  readonly styleHash: string;
  /** Whether the page asks its own server for what is new. */
  readonly live: boolean;
}

/** A page that holds everything it needs. It may run its own script, and ask nobody for anything but its own server. */
export function printPage(data: PageData, parts: PageParts): string {
  const { script, scriptHash, style, styleHash, live } = parts;
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${scriptHash}'`,
    `style-src 'sha256-${styleHash}'`,
    'img-src data:',
    `connect-src ${live ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en" data-theme="light"${live ? ' data-live' : ''}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(data.network?.picture.title ?? data.source)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page draws its picture with JavaScript, which is switched off.</noscript>
<script type="application/json" id="data">${inScript(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Data as the text of a script element: nothing in it can end the element or begin another. */
function inScript(data: PageData): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
