import { createHash } from 'node:crypto';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/** The page as one document, without anything from elsewhere. It holds no data: those come from `/ui/api`. */
export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sariflow · local Collector</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>
  <svg class="mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" aria-hidden="true"><path d="M3 7c4 0 5 5 9 5s5-5 9-5M3 13c4 0 5 5 9 5s5-5 9-5"/></svg>
  <h1>Local Collector</h1><span class="where mono" id="where"></span>
  <span class="grow"></span>
  <span class="live" id="live" role="status">Connecting</span>
  <button class="plain" id="theme" type="button">Light / dark</button>
</header>
<nav aria-label="Repositories">
  <div class="find"><input type="search" id="find" placeholder="Find a repository" aria-label="Find a repository"></div>
  <ul id="repositories"></ul>
</nav>
<main>
  <div class="tiles" id="tiles"></div>
  <section class="card">
    <div class="tools">
      <div class="tabs" role="tablist">
        <button type="button" role="tab" id="tab-findings">Findings</button><button type="button" role="tab" id="tab-uploads">Uploads</button>
      </div>
      <input class="for-findings" type="search" id="text" placeholder="Search in messages, rules and paths" aria-label="Search in messages, rules and paths">
      <select class="for-findings" id="tool" aria-label="Tool"></select>
      <select class="for-findings" id="level" aria-label="Level"></select>
      <select class="for-findings" id="sort" aria-label="Order">
        <option value="newest">Newest first</option><option value="oldest">Oldest first</option>
        <option value="severity">By severity</option><option value="place">By file and line</option>
      </select>
    </div>
    <div class="chips" id="chips" hidden></div>
    <div class="scroll" id="scroll">
      <table id="table" hidden><thead id="head"></thead><tbody id="rows"></tbody></table>
      <div class="empty" id="empty" hidden></div>
    </div>
    <div class="foot">
      <span id="range"></span><span class="grow"></span>
      <button class="plain" type="button" id="first" disabled>First</button><button class="plain" type="button" id="previous" disabled>Previous</button>
      <button class="plain" type="button" id="next" disabled>Next</button><button class="plain" type="button" id="last" disabled>Last</button>
    </div>
  </section>
</main>
<dialog id="detail" aria-labelledby="detail-title">
  <div class="head"><span id="detail-pill"></span><h2 id="detail-title"></h2><button class="plain" type="button" id="close">Close</button></div>
  <div class="body" id="detail-body"></div>
</dialog>
<script>${pageScript}</script>
</body>
</html>
`;

/** Exactly this style and this script may run, and the script may talk to this server only. */
export const pagePolicy = [
  "default-src 'none'",
  `script-src '${sourceHash(pageScript)}'`,
  // The widths of the bars and columns are set through the style object, which this does not concern.
  `style-src '${sourceHash(pageStyle)}'`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
