/** The edition of the Common Weakness Enumeration that the numbers below are from. */
export const cweVersion = '4.20';

/** The greatest number of that edition. */
const lastNumber = 1434;

/** Up to here, numbers may have been given to weaknesses since. */
const lastConceivable = 1499;

/** Up to the greatest number, everything is a weakness (25 of them deprecated) but for these: categories and views. */
const categoriesAndViews = `1-4 10 16-19 21 60 63 68 70 100-101 133 136-137 139 169 171 189 199 227 251 254-255 264-265 275 310
320 355 361 371 376 380-381 387-389 398-399 411 417-418 429 438 442 445 452 461 465 485 490 503-505 513 517-519 557 559 569 604
629-635 658-661 677-679 699-702 709 711-731 734-748 750-753 800-803 808-819 840 844-861 864-907 919 928-938 944-1003 1005-1006
1008-1020 1026-1036 1040 1081 1128-1163 1165-1172 1175 1178-1186 1194-1203 1205-1208 1210-1219 1225-1228 1237-1238 1305-1309
1337 1340 1343-1350 1352-1356 1358-1383 1387-1388 1396-1418 1424-1425 1430 1432-1433`;

let numbersOfOthers: ReadonlySet<number> | undefined;

/** What the Common Weakness Enumeration has under a number. A number that a later edition may have given out counts as a weakness. */
export function cweKindOf(number: number): 'weakness' | 'category-or-view' | 'unknown' {
  if (!Number.isInteger(number) || number < 1 || number > lastConceivable) return 'unknown';
  if (number > lastNumber) return 'weakness';
  numbersOfOthers ??= numbersIn(categoriesAndViews);
  return numbersOfOthers.has(number) ? 'category-or-view' : 'weakness';
}

function numbersIn(ranges: string): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const range of ranges.split(/\s/)) {
    const [first, last = first] = range.split('-').map(Number) as [number, number?];
    for (let number = first; number <= last; number += 1) numbers.add(number);
  }
  return numbers;
}
