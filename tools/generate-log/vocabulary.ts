/** Words that invented findings are made of. Some are not ASCII, some need escapes in JSON: readers must cope. */

export const folders = ['src', 'src/api', 'src/web/forms', 'lib/storage', 'services/billing', 'pkg/größe', 'app/模型'];

export const fileNames = [
  'account',
  'basket-view',
  'cache_store',
  'export job',
  'invoice',
  'login.controller',
  'médiathèque',
  'order-queue',
  'parser',
  'session',
  'upload',
  'webhook',
];

export const extensions = ['.ts', '.js', '.py', '.java', '.go', '.cs'];

export const sources = ['query parameter', 'request body', 'cookie', 'uploaded file name', 'environment variable'];

export const sinks = ['an SQL statement', 'a shell command', 'the response body', 'a file path', 'a redirect target'];

export const identifiers = [
  'customerId',
  'fileName',
  'größe',
  'nextUrl',
  'payload',
  'rowLimit',
  'テキスト',
  'userInput',
];

/** Lines of code as a scanner quotes them. */
export const codeLines = [
  'const total = items.reduce((sum, item) => sum + item.price, 0);',
  '\tif (name == "" || name == null) { return "unnamed"; }',
  "  cursor.execute('SELECT * FROM orders WHERE id = ' + order_id)",
  '    log.info("größer als %d\\n", limit);',
  'response.write(\'<p title="\' + title + \'">\' + body + "</p>");',
  'exec("tar -xf " + archive + " -C C:\\\\temp");',
  'label.text = "価格 " + price + " 円";',
  'return fetch(base + path).then((reply) => reply.json()); // 🚚 later',
];

export const advice = [
  'Check the value against a list of what is allowed before it is used.',
  'Pass the value as a parameter; do not build the statement from text.',
  'Use the function of the standard library: it handles quoting, encoding and empty input.',
  'Keep the secret outside the source tree and read it when the program starts.',
  'Prefer a constant; a value that changes between calls makes the result hard to explain.',
];

export const topics = [
  'command-line',
  'cookie',
  'cross-site-scripting',
  'deserialization',
  'encoding',
  'equality',
  'logging',
  'null-check',
  'path',
  'promise',
  'query',
  'random',
  'redirect',
  'regular-expression',
  'secret',
  'template',
  'timeout',
  'tls',
  'type',
  'xml',
];

/** Weaknesses by number, as in the tags of rules. */
export const weaknesses = [
  20, 22, 77, 78, 79, 89, 94, 117, 200, 209, 295, 311, 327, 338, 352, 400, 502, 601, 611, 798, 918,
];

/** The path as a URI reference: what is not ASCII, and spaces, are percent-encoded. */
export function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
