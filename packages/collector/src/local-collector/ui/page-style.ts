/** The style of the page. Colours are variables; the dark set follows the system unless the reader chose. */
export const pageStyle = `
:root {
  color-scheme: light;
  --ground: #f4f5f8; --panel: #ffffff; --sunk: #eceef3; --line: #dfe2ea; --line-soft: #eceef3;
  --text: #191c24; --muted: #5d6475; --faint: #8b92a3;
  --accent: #3a5bd9; --accent-soft: #e6ebfc;
  --high: #c42b3c; --high-soft: #fbe6e8; --medium: #b46a00; --medium-soft: #fbeed9; --low: #2f7d6b; --low-soft: #def2ec;
  --shadow: 0 1px 2px rgb(20 24 40 / 6%), 0 8px 24px rgb(20 24 40 / 5%);
}
:root[data-theme='dark'] {
  color-scheme: dark;
  --ground: #101218; --panel: #181b23; --sunk: #12141b; --line: #2b303d; --line-soft: #222632;
  --text: #e8eaf0; --muted: #a0a7b8; --faint: #727a8d;
  --accent: #8aa4ff; --accent-soft: #232c4d;
  --high: #ff7d8a; --high-soft: #42202a; --medium: #f0b557; --medium-soft: #3d2f17; --low: #6cd0b6; --low-soft: #173830;
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 25%);
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) {
    color-scheme: dark;
    --ground: #101218; --panel: #181b23; --sunk: #12141b; --line: #2b303d; --line-soft: #222632;
    --text: #e8eaf0; --muted: #a0a7b8; --faint: #727a8d;
    --accent: #8aa4ff; --accent-soft: #232c4d;
    --high: #ff7d8a; --high-soft: #42202a; --medium: #f0b557; --medium-soft: #3d2f17; --low: #6cd0b6; --low-soft: #173830;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 25%);
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; }
body {
  margin: 0; display: grid; grid-template: 52px minmax(0, 1fr) / 288px minmax(0, 1fr);
  background: var(--ground); color: var(--text);
  font: 13.5px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
}
code, .mono { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', monospace; font-size: 12.5px; }
button, input, select { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }

header {
  grid-column: 1 / -1; display: flex; align-items: center; gap: 12px; padding: 0 18px;
  background: var(--panel); border-bottom: 1px solid var(--line);
}
header h1 { margin: 0; font-size: 15px; font-weight: 650; letter-spacing: -.01em; }
header .where { color: var(--muted); }
header .grow { flex: 1; }
.mark { width: 22px; height: 22px; color: var(--accent); }
.live { display: inline-flex; align-items: center; gap: 6px; color: var(--muted); font-size: 12.5px; }
.live::before { content: ''; width: 8px; height: 8px; border-radius: 50%; background: var(--low); }
.live.lost { color: var(--high); }
.live.lost::before { background: var(--high); }
.plain { border: 1px solid var(--line); background: var(--panel); border-radius: 7px; padding: 4px 10px; }
.plain:hover:not(:disabled) { border-color: var(--accent); }
.plain:disabled { color: var(--faint); cursor: default; }

nav { display: flex; flex-direction: column; min-height: 0; background: var(--panel); border-right: 1px solid var(--line); }
nav .find { padding: 12px 12px 8px; }
nav ul { list-style: none; margin: 0; padding: 0 8px 16px; overflow: auto; min-height: 0; flex: 1; }
nav .entry {
  display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 8px; width: 100%; text-align: left;
  border: 0; background: none; padding: 7px 10px; border-radius: 8px;
}
nav .entry:hover { background: var(--sunk); }
nav .entry[aria-current='true'] { background: var(--accent-soft); }
nav .entry .name { font-weight: 560; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav .entry .host { grid-column: 1 / -1; color: var(--faint); font-size: 11.5px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav .branch .entry { padding: 4px 10px 4px 24px; }
nav .branch .name { font-weight: 420; }
nav .number { color: var(--muted); font-variant-numeric: tabular-nums; }
nav .more { padding: 8px 10px; color: var(--faint); font-size: 12px; }
.bar { grid-column: 1 / -1; display: flex; height: 4px; border-radius: 2px; overflow: hidden; background: var(--sunk); margin-top: 3px; }
.bar i { display: block; height: 100%; }
.bar .HIGH { background: var(--high); } .bar .MEDIUM { background: var(--medium); } .bar .LOW { background: var(--low); }

main { display: flex; flex-direction: column; min-width: 0; min-height: 0; padding: 14px 18px 12px; gap: 12px; }
.tiles { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 10px; }
.tile {
  text-align: left; border: 1px solid var(--line); background: var(--panel); border-radius: 10px; padding: 9px 14px 10px;
  box-shadow: var(--shadow); border-top-width: 3px;
}
.tile:is(button):hover { border-color: var(--accent); }
.tile[aria-pressed='true'] { outline: 2px solid var(--accent); outline-offset: -1px; }
.tile span { display: block; color: var(--muted); font-size: 12px; }
.tile b { display: block; font-size: 22px; font-weight: 640; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile.HIGH { border-top-color: var(--high); } .tile.MEDIUM { border-top-color: var(--medium); } .tile.LOW { border-top-color: var(--low); }

.card {
  display: flex; flex-direction: column; min-height: 0; flex: 1; background: var(--panel); border: 1px solid var(--line);
  border-radius: 10px; box-shadow: var(--shadow); overflow: hidden;
}
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 9px 12px; border-bottom: 1px solid var(--line); }
.tabs { display: flex; gap: 2px; background: var(--sunk); border-radius: 8px; padding: 3px; margin-right: 4px; }
.tabs button { border: 0; background: none; border-radius: 6px; padding: 3px 12px; color: var(--muted); }
.tabs button[aria-selected='true'] { background: var(--panel); color: var(--text); font-weight: 560; box-shadow: 0 1px 2px rgb(0 0 0 / 14%); }
input[type='search'], select { border: 1px solid var(--line); background: var(--ground); border-radius: 7px; padding: 4px 9px; min-width: 0; }
input[type='search'] { width: 100%; }
.tools input[type='search'] { flex: 1 1 180px; width: auto; }
.tools select { max-width: 190px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; padding: 8px 12px; border-bottom: 1px solid var(--line-soft); }
.chip { display: inline-flex; align-items: center; gap: 6px; max-width: 100%; border: 0; border-radius: 99px; background: var(--accent-soft); color: var(--accent); padding: 2px 10px; font-size: 12.5px; }
.chip span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 360px; }
.scroll { overflow: auto; flex: 1; min-height: 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { position: sticky; top: 0; background: var(--panel); text-align: left; font-size: 11.5px; font-weight: 560; color: var(--muted); padding: 8px 12px; box-shadow: inset 0 -1px var(--line); z-index: 1; }
td { padding: 8px 12px; border-bottom: 1px solid var(--line-soft); vertical-align: top; overflow: hidden; text-overflow: ellipsis; }
tbody tr { cursor: pointer; }
tbody tr:hover { background: var(--sunk); }
tbody tr[aria-selected='true'] { background: var(--accent-soft); }
.clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; }
.two { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; overflow-wrap: anywhere; unicode-bidi: isolate; }
.quiet { color: var(--muted); font-size: 12px; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.pill { display: inline-block; border-radius: 5px; padding: 1px 7px; font-size: 11.5px; font-weight: 600; white-space: nowrap; }
.pill.HIGH, .pill.bad { background: var(--high-soft); color: var(--high); }
.pill.MEDIUM, .pill.warn { background: var(--medium-soft); color: var(--medium); }
.pill.LOW, .pill.good { background: var(--low-soft); color: var(--low); }
.pill.none { background: var(--sunk); color: var(--muted); }
.foot { display: flex; align-items: center; gap: 8px; padding: 8px 12px; border-top: 1px solid var(--line); color: var(--muted); }
.foot .grow { flex: 1; }
.empty { display: grid; place-content: center; justify-items: center; gap: 6px; height: 100%; min-height: 180px; color: var(--muted); text-align: center; padding: 24px; }
.empty b { color: var(--text); font-size: 15px; }
.empty code { background: var(--sunk); border-radius: 6px; padding: 6px 10px; margin-top: 6px; overflow-wrap: anywhere; }

dialog {
  margin: 0 0 0 auto; height: 100%; max-height: none; width: min(620px, 92vw); max-width: none; border: 0; padding: 0;
  background: var(--panel); color: var(--text); box-shadow: -12px 0 40px rgb(0 0 0 / 25%);
}
dialog::backdrop { background: rgb(10 12 20 / 30%); }
dialog .head { position: sticky; top: 0; display: flex; gap: 10px; align-items: flex-start; padding: 16px 20px 12px; background: var(--panel); border-bottom: 1px solid var(--line); }
dialog h2 { margin: 0; font-size: 15px; flex: 1; overflow-wrap: anywhere; unicode-bidi: isolate; }
dialog .body { padding: 16px 20px 28px; }
dialog p { margin: 0 0 14px; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
dialog h3 { margin: 18px 0 6px; font-size: 11.5px; font-weight: 600; color: var(--muted); }
dialog pre { margin: 0; padding: 10px 12px; background: var(--sunk); border-radius: 8px; overflow: auto; max-height: 320px; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
dialog dl { display: grid; grid-template-columns: 120px minmax(0, 1fr); gap: 6px 12px; margin: 0; }
dialog dt { color: var(--muted); }
dialog dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
dialog dd button { border: 0; background: none; padding: 0; color: var(--accent); text-align: left; overflow-wrap: anywhere; }
dialog dd button:hover { text-decoration: underline; }
@media (max-width: 900px) {
  body { grid-template-columns: 210px minmax(0, 1fr); }
  .optional { display: none; }
  .tile b { font-size: 18px; }
}
`;
