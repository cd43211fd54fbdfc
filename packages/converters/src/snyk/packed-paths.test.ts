import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackedPaths, Steps } from './packed-paths.ts';

test('paths come out as they went in', () => {
  const step = fc.oneof(fc.constantFrom('a@1', 'b@2', '__proto__', ''), fc.string(), fc.constant(false as const));
  fc.assert(
    fc.property(fc.array(fc.array(step)), fc.array(fc.array(step)), (paths, others) => {
      const steps = new Steps();
      const [one, other] = [new PackedPaths<string | false>(steps), new PackedPaths<string | false>(steps)];
      for (const path of paths) one.add(path);
      for (const path of others) other.add(path);
      expect([one.unpack(), other.unpack()]).toEqual([paths, others]);
    }),
  );
});
