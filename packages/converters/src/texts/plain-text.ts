const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const controls = new RegExp(control, 'g');
const escapeSequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** The text without terminal escape sequences and control characters; tabs and line breaks stay. */
export function plainText(text: string): string {
  if (!control.test(text)) return text;
  return text.replace(escapeSequences, '').replace(controls, '');
}
