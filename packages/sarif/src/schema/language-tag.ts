const subtags = [
  '(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})', // language, with extended languages
  '(?:-[a-z]{4})?', // script
  String.raw`(?:-(?:[a-z]{2}|\d{3}))?`, // region
  String.raw`(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*`, // variants
  String.raw`(?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*`, // extensions
  String.raw`(?:-x(?:-[a-z\d]{1,8})+)?`, // private use
].join('');
const irregular =
  'en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de)';

const languageTag = new RegExp(String.raw`^(?:${subtags}|x(?:-[a-z\d]{1,8})+|${irregular})$`, 'i');

/** Whether a string is a well-formed RFC 5646 language tag, such as `en-US` or `zh-Hans-CN` (section 3.5.1). */
export function isLanguageTag(text: string): boolean {
  return languageTag.test(text);
}
