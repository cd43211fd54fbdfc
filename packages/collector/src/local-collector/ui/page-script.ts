/**
 * The page's program, as text because it runs in the reader's browser and not here. Findings are hostile input: text
 * reaches the document only through `textContent`, never as markup, and control characters are shown as escapes.
 */
export const pageScript = String.raw`'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const pageSize = 100;
  const filterNames = ['repository', 'branch', 'tool', 'level', 'severity', 'rule', 'cwe', 'upload', 'text'];
  const labels = { repository: 'Repository', branch: 'Branch', tool: 'Tool', level: 'Level', severity: 'Severity', rule: 'Rule', cwe: 'CWE', upload: 'Upload' };
  const severities = ['HIGH', 'MEDIUM', 'LOW'];
  const number = new Intl.NumberFormat('en');
  const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  const state = { tab: 'findings', filters: new Map(), sort: 'newest', offset: 0, summary: undefined, nav: '' };
  let loading = 0;

  /* Characters that would act on the text instead of being seen in it. */
  const show = (value) => String(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'));

  function element(name, properties, children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (value === undefined) continue;
      if (key === 'text') made.textContent = show(value);
      else if (key === 'class') made.className = value;
      else if (key === 'on') made.addEventListener('click', value);
      else made.setAttribute(key, key === 'title' ? show(value) : value);
    }
    for (const child of children || []) if (child) made.append(child);
    return made;
  }

  async function get(path, parameters) {
    const query = new URLSearchParams(parameters || []).toString();
    const response = await fetch('/ui/api/' + path + (query ? '?' + query : ''), { cache: 'no-store' });
    if (!response.ok) throw new Error('The Collector answered ' + response.status);
    return response.json();
  }

  function repositoryName(url, id) {
    if (!url) return { name: id.slice(0, 12), host: 'known by its id only' };
    const parts = url.replace(/\.git$/, '').replace(/\/+$/, '').split('/');
    return { name: parts.slice(-2).join('/'), host: url };
  }

  function severityBar(counts, total) {
    const bar = element('div', { class: 'bar', 'aria-hidden': 'true' });
    for (const severity of severities) {
      const part = element('i', { class: severity });
      part.style.width = (total ? (counts[severity] || 0) / total * 100 : 0) + '%';
      bar.append(part);
    }
    return bar;
  }

  /* ---- what is chosen lives in the address, so that a view can be kept and shared ---- */

  function readAddress() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    state.tab = wanted.get('tab') === 'uploads' ? 'uploads' : 'findings';
    state.sort = wanted.get('sort') || 'newest';
    state.offset = Math.max(0, Number.parseInt(wanted.get('offset') || '0', 10) || 0);
    state.filters = new Map(filterNames.filter((name) => wanted.has(name)).map((name) => [name, wanted.get(name)]));
  }

  function writeAddress() {
    const kept = new URLSearchParams(state.filters);
    if (state.tab !== 'findings') kept.set('tab', state.tab);
    if (state.sort !== 'newest') kept.set('sort', state.sort);
    if (state.offset > 0) kept.set('offset', state.offset);
    history.replaceState(null, '', '#' + kept);
  }

  function choose(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') state.filters.delete(name);
      else state.filters.set(name, String(value));
    }
    state.offset = 0;
    state.tab = 'findings';
    renderAll();
  }

  /* ---- parts of the page ---- */

  function narrowed(withoutNames) {
    const wanted = (name) => withoutNames.includes(name) ? undefined : state.filters.get(name);
    const same = (name, value) => wanted(name) === undefined || wanted(name) === value;
    return state.summary.counts.filter((row) =>
      same('repository', row.repositoryId) && same('branch', row.branch) && same('tool', row.tool) && same('level', row.level) && same('severity', row.severity));
  }

  function renderTiles() {
    const counts = { HIGH: 0, MEDIUM: 0, LOW: 0 };
    let total = 0;
    for (const row of narrowed(['severity'])) { counts[row.severity] += row.findings; total += row.findings; }
    const chosen = state.filters.get('severity');
    const tile = (label, value, kind, on, pressed) => element(on ? 'button' : 'div',
      { class: 'tile ' + kind, on, 'aria-pressed': on ? String(pressed) : undefined, title: on ? 'Show ' + label.toLowerCase() : undefined },
      [element('span', { text: label }), element('b', { text: number.format(value) })]);
    byId('tiles').replaceChildren(
      tile('All findings', total, '', () => choose({ severity: undefined }), state.tab === 'findings' && chosen === undefined),
      ...severities.map((severity) => tile(severity.charAt(0) + severity.slice(1).toLowerCase(), counts[severity], severity,
        () => choose({ severity: chosen === severity ? undefined : severity }), chosen === severity)),
      tile('Uploads', state.summary.uploads, '', () => { state.tab = 'uploads'; state.offset = 0; renderAll(); }, state.tab === 'uploads'));
  }

  function renderNavigation() {
    const repositories = new Map();
    let all = 0;
    for (const row of state.summary.counts) {
      all += row.findings;
      let repository = repositories.get(row.repositoryId);
      if (!repository) repositories.set(row.repositoryId, repository = { id: row.repositoryId, url: row.repositoryUrl, total: 0, counts: {}, branches: new Map() });
      repository.total += row.findings;
      repository.counts[row.severity] = (repository.counts[row.severity] || 0) + row.findings;
      repository.branches.set(row.branch, (repository.branches.get(row.branch) || 0) + row.findings);
    }
    const chosen = state.filters.get('repository');
    const wanted = state.nav.toLowerCase();
    const matching = [...repositories.values()].filter((repository) => (repository.url + ' ' + repository.id).toLowerCase().includes(wanted));
    const list = byId('repositories');
    const items = [element('li', {}, [element('button', { class: 'entry', 'aria-current': String(chosen === undefined), on: () => choose({ repository: undefined, branch: undefined }) },
      [element('span', { class: 'name', text: 'All repositories' }), element('span', { class: 'number', text: number.format(all) })])])];
    for (const repository of matching.slice(0, 200)) {
      const { name, host } = repositoryName(repository.url, repository.id);
      const current = chosen === repository.id;
      items.push(element('li', {}, [element('button', { class: 'entry', title: repository.url || repository.id, 'aria-current': String(current && !state.filters.has('branch')),
        on: () => choose({ repository: repository.id, branch: undefined }) },
        [element('span', { class: 'name', text: name }), element('span', { class: 'number', text: number.format(repository.total) }),
          element('span', { class: 'host', text: host }), severityBar(repository.counts, repository.total)])]));
      if (!current) continue;
      for (const [branch, findings] of repository.branches) {
        items.push(element('li', { class: 'branch' }, [element('button', { class: 'entry', title: branch, 'aria-current': String(state.filters.get('branch') === branch),
          on: () => choose({ repository: repository.id, branch }) },
          [element('span', { class: 'name', text: branch || '(default)' }), element('span', { class: 'number', text: number.format(findings) })])]));
      }
    }
    if (matching.length > 200) items.push(element('li', { class: 'more', text: number.format(matching.length - 200) + ' more: type above to narrow' }));
    list.replaceChildren(...items);
  }

  function renderSelect(id, name, everything) {
    const totals = new Map();
    for (const row of narrowed([name])) totals.set(row[name], (totals.get(row[name]) || 0) + row.findings);
    const chosen = state.filters.get(name);
    if (chosen !== undefined && !totals.has(chosen)) totals.set(chosen, 0);
    byId(id).replaceChildren(element('option', { value: '', text: everything }),
      ...[...totals].map(([value, findings]) => element('option', { value, text: value + ' (' + number.format(findings) + ')' })));
    byId(id).value = chosen === undefined ? '' : chosen;
  }

  function renderChips() {
    const chips = [];
    for (const [name, value] of state.filters) {
      if (!labels[name] || name === 'tool' || name === 'level') continue;
      const row = name === 'repository' ? state.summary.counts.find((count) => count.repositoryId === value) : undefined;
      const text = name === 'repository' ? repositoryName(row ? row.repositoryUrl : '', value).name : value;
      chips.push(element('button', { class: 'chip', title: 'Remove this filter', on: () => choose(name === 'repository' ? { repository: undefined, branch: undefined } : { [name]: undefined }) },
        [element('span', { text: labels[name] + ': ' + text }), element('b', { text: '×' })]));
    }
    byId('chips').replaceChildren(...chips);
    byId('chips').hidden = chips.length === 0 || state.tab === 'uploads';
  }

  function findingRow(finding) {
    const cell = (children, extra) => element('td', extra, children);
    return element('tr', { tabindex: '0', on: () => openFinding(finding.id) }, [
      cell([element('span', { class: 'pill ' + finding.severity, text: finding.severity })]),
      cell([element('div', { class: 'two', text: finding.message }), element('div', { class: 'clip quiet mono', text: finding.ruleId, title: finding.ruleId })]),
      cell([element('div', { class: 'clip mono', text: finding.uri.split('/').pop() + ':' + finding.startLine, title: finding.uri + ':' + finding.startLine }),
        element('div', { class: 'clip quiet', text: finding.uri.includes('/') ? finding.uri.slice(0, finding.uri.lastIndexOf('/')) : '' })]),
      cell([element('div', { class: 'clip', text: finding.tool, title: finding.tool }), element('div', { class: 'clip quiet', text: finding.level === 'absent' ? 'no level' : finding.level })]),
      cell([element('div', { class: 'clip', text: finding.cwe.join(', ') || '–', title: finding.cwe.join(', ') })], { class: 'optional' }),
      cell([element('div', { class: 'clip', text: finding.branch || '(default)', title: finding.branch }), element('div', { class: 'clip quiet', text: finding.timesSeen > 1 ? 'seen ' + finding.timesSeen + ' times' : '' })], { class: 'optional' }),
    ]);
  }

  function uploadRow(upload) {
    const cell = (text, extra, under) => element('td', extra || {}, [element('div', { class: 'clip', text, title: text }), under === undefined ? undefined : element('div', { class: 'clip quiet', text: under, title: under })]);
    const kind = upload.status === null ? 'none' : upload.status < 300 ? 'good' : upload.status < 500 ? 'bad' : 'warn';
    const known = state.summary.counts.find((count) => count.repositoryId === upload.repositoryId);
    const target = upload.repositoryId === null ? '–' : repositoryName(known ? known.repositoryUrl : '', upload.repositoryId).name;
    return element('tr', { tabindex: '0', on: () => openUpload(upload) }, [
      cell('#' + upload.id, {}, time.format(upload.receivedAt)),
      element('td', {}, [element('span', { class: 'pill ' + kind, text: upload.status === null ? 'cut' : String(upload.status) }), upload.fault ? element('div', { class: 'clip quiet', text: 'fault: ' + upload.fault }) : undefined]),
      cell(target, {}, upload.branch || ''),
      cell(number.format(upload.findings), { class: 'right' }, upload.skipped ? number.format(upload.skipped) + ' skipped' : undefined),
      cell(number.format(upload.bytes), { class: 'right' }, upload.complete ? undefined : upload.bytes === 0 ? 'not read' : 'incomplete'),
      element('td', { class: 'optional' }, [element('div', { class: 'two quiet', text: messageOf(upload) })]),
    ]);
  }

  function messageOf(upload) {
    try {
      const answer = JSON.parse(upload.answer);
      const { message, reply } = answer;
      if (typeof message === 'string') return (typeof answer.status === 'string' ? answer.status + ': ' : '') + message;
      if (reply) return [reply.err_msg, reply.err_extra].filter(Boolean).join(' ');
    } catch { /* shown as it is: it need not be JSON */ }
    return upload.answer || (upload.status === null ? 'The connection was cut without an answer.' : '');
  }

  const columns = {
    findings: [['Severity', '92px'], ['Finding', ''], ['Place', '22%'], ['Tool', '12%'], ['CWE', '88px', 'optional'], ['Branch', '12%', 'optional']],
    uploads: [['Upload', '190px'], ['Answer', '96px'], ['Repository', '24%'], ['Findings', '96px', 'right'], ['Bytes', '110px', 'right'], ['Answered', '', 'optional']],
  };

  function renderHead() {
    byId('head').replaceChildren(element('tr', {}, columns[state.tab].map(([text, width, kind]) => {
      const head = element('th', { text, class: kind, scope: 'col' });
      if (width) head.style.width = width;
      return head;
    })));
  }

  function renderEmpty() {
    const nothing = state.summary.uploads === 0;
    const filtered = state.filters.size > 0 && state.tab === 'findings' && !nothing;
    byId('empty').replaceChildren(
      element('b', { text: nothing ? 'Nothing has arrived yet' : filtered ? 'No finding matches these filters' : 'No findings' }),
      element('span', { text: nothing ? 'Send a SARIF log, and it appears here at once:' : filtered ? 'Remove a filter to see more.' : 'The uploads so far held none.' }),
      nothing ? element('code', { text: 'sariflow upload report.sarif --target local' }) : filtered ? element('button', { class: 'plain', text: 'Remove all filters', on: () => { state.filters.clear(); renderAll(); } }) : undefined);
  }

  async function renderPage() {
    const turn = ++loading;
    const parameters = [['offset', state.offset], ['limit', pageSize]];
    if (state.tab === 'findings') parameters.push(['sort', state.sort], ...state.filters);
    const page = await get(state.tab, parameters);
    if (turn !== loading) return;
    if (state.offset > 0 && state.offset >= page.total) { state.offset = 0; return renderAll(); }
    renderHead();
    const rows = state.tab === 'findings' ? page.findings.map(findingRow) : page.uploads.map(uploadRow);
    byId('rows').replaceChildren(...rows);
    byId('table').hidden = rows.length === 0;
    byId('empty').hidden = rows.length > 0;
    if (rows.length === 0) renderEmpty();
    const last = Math.min(state.offset + pageSize, page.total);
    byId('range').textContent = page.total === 0 ? '' : number.format(state.offset + 1) + '–' + number.format(last) + ' of ' + number.format(page.total);
    byId('first').disabled = byId('previous').disabled = state.offset === 0;
    byId('next').disabled = byId('last').disabled = last >= page.total;
    state.total = page.total;
  }

  function renderAll() {
    if (!state.summary) return;
    writeAddress();
    renderTiles();
    renderNavigation();
    renderSelect('tool', 'tool', 'All tools');
    renderSelect('level', 'level', 'All levels');
    renderChips();
    byId('sort').value = state.sort;
    if (document.activeElement !== byId('text')) byId('text').value = state.filters.get('text') || '';
    for (const tab of ['findings', 'uploads']) byId('tab-' + tab).setAttribute('aria-selected', String(state.tab === tab));
    for (const control of document.querySelectorAll('.for-findings')) control.hidden = state.tab !== 'findings';
    renderPage().catch(lost);
  }

  /* ---- one thing in full ---- */

  function openDialog(title, pill, children) {
    byId('detail-title').textContent = show(title);
    byId('detail-pill').replaceChildren(...(pill ? [pill] : []));
    byId('detail-body').replaceChildren(...children.filter(Boolean));
    const dialog = byId('detail');
    if (!dialog.open) dialog.showModal();
    byId('detail-body').parentElement.scrollTop = 0;
  }

  function facts(entries) {
    const list = element('dl');
    for (const [name, value, on] of entries) {
      if (value === undefined || value === null || value === '') continue;
      list.append(element('dt', { text: name }), element('dd', {}, [on ? element('button', { text: value, title: 'Show these', on }) : element('span', { text: value })]));
    }
    return list;
  }

  function section(title, text) {
    return text ? element('div', {}, [element('h3', { text: title }), element('pre', {}, [element('code', { text })])]) : undefined;
  }

  async function openFinding(id) {
    const finding = await get('findings/' + id);
    const pick = (changes) => () => { byId('detail').close(); choose(changes); };
    const lines = finding.endLine && finding.endLine !== finding.startLine ? finding.startLine + '–' + finding.endLine : String(finding.startLine);
    const row = state.summary.counts.find((count) => count.repositoryId === finding.repositoryId);
    openDialog(finding.ruleId, element('span', { class: 'pill ' + finding.severity, text: finding.severity }), [
      element('p', { text: finding.message }),
      facts([
        ['File', finding.uri], ['Line', lines], ['Tool', finding.tool, pick({ tool: finding.tool })],
        ['Rule', finding.ruleId, pick({ rule: finding.ruleId })], ['Level', finding.level === 'absent' ? 'none given' : finding.level],
        ...finding.cwe.map((cwe) => ['CWE', cwe, pick({ cwe })]),
        ['Repository', (row && row.repositoryUrl) || finding.repositoryId, pick({ repository: finding.repositoryId, branch: undefined })],
        ['Branch', finding.branch, pick({ repository: finding.repositoryId, branch: finding.branch })],
        ['First seen', time.format(finding.firstSeen)], ['Last seen', time.format(finding.lastSeen)], ['Times seen', number.format(finding.timesSeen)],
        ['Last upload', '#' + finding.lastUpload, pick({ upload: finding.lastUpload })], ['Collector', finding.collectorId],
      ]),
      section('Code', finding.snippet), section('About the rule', finding.ruleDescription), section('How to fix it', finding.ruleHelp),
    ]);
  }

  function openUpload(upload) {
    let answer = upload.answer;
    try { answer = JSON.stringify(JSON.parse(upload.answer), null, 2); } catch { /* shown as it is: it need not be JSON */ }
    openDialog('Upload #' + upload.id, element('span', { class: 'pill none', text: upload.status === null ? 'no answer' : String(upload.status) }), [
      facts([
        ['Received', time.format(upload.receivedAt)], ['From', upload.caller || 'not recognised'], ['Collector', upload.collectorId],
        ['Repository', upload.repositoryId], ['Branch', upload.branch],
        ['Findings', number.format(upload.findings), upload.stored && upload.findings ? () => { byId('detail').close(); choose({ upload: upload.id }); } : undefined],
        ['Skipped', upload.skipped ? number.format(upload.skipped) : ''], ['Stored', upload.stored ? 'yes' : 'no'],
        ['Bytes', number.format(upload.bytes) + (upload.complete ? '' : ', incomplete')], ['SHA-256', upload.sha256], ['Fault', upload.fault], ['Query', upload.query],
      ]),
      section('Answer', answer),
    ]);
  }

  /* ---- keeping up ---- */

  function lost() { byId('live').className = 'live lost'; byId('live').textContent = 'The Collector does not answer'; }

  async function refresh() {
    try {
      const { version } = await get('version');
      byId('live').className = 'live';
      byId('live').textContent = 'Live';
      if (!state.summary || state.summary.version !== version) {
        state.summary = await get('summary');
        renderAll();
      }
    } catch { lost(); }
  }

  const listen = (id, event, handler) => byId(id).addEventListener(event, handler);
  const turnTo = (offset) => { state.offset = Math.max(0, offset); byId('scroll').scrollTop = 0; renderAll(); };
  let typing;
  listen('text', 'input', () => { clearTimeout(typing); typing = setTimeout(() => choose({ text: byId('text').value }), 200); });
  listen('tool', 'change', () => choose({ tool: byId('tool').value }));
  listen('level', 'change', () => choose({ level: byId('level').value }));
  listen('sort', 'change', () => { state.sort = byId('sort').value; turnTo(0); });
  listen('find', 'input', () => { state.nav = byId('find').value; renderNavigation(); });
  listen('first', 'click', () => turnTo(0));
  listen('previous', 'click', () => turnTo(state.offset - pageSize));
  listen('next', 'click', () => turnTo(state.offset + pageSize));
  listen('last', 'click', () => turnTo(Math.floor((state.total - 1) / pageSize) * pageSize));
  listen('close', 'click', () => byId('detail').close());
  listen('detail', 'click', (event) => { if (event.target === byId('detail')) byId('detail').close(); });
  listen('rows', 'keydown', (event) => { if (event.key === 'Enter') event.target.click(); });
  for (const tab of ['findings', 'uploads']) listen('tab-' + tab, 'click', () => { state.tab = tab; state.offset = 0; renderAll(); });
  listen('theme', 'click', () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
  addEventListener('hashchange', () => { readAddress(); renderAll(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });

  byId('where').textContent = location.host;
  readAddress();
  refresh();
  setInterval(() => { if (!document.hidden) refresh(); }, 2000);
})();
`;
