import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPartSlots } from './part-slots.ts';

test('large parts are bounded by their size, small ones by their number', async () => {
  const slots = createPartSlots({ parts: 10, largest: 100, ofLargest: 3 });
  for (let n = 0; n < 3; n += 1) {
    await slots.take();
    slots.fill(100);
  }
  let fourth = false;
  const waiting = slots.take().then(() => {
    fourth = true;
  });
  await Promise.resolve();
  expect(fourth).toBe(false);
  slots.free(100);
  await waiting;
  expect(fourth).toBe(true);

  const small = createPartSlots({ parts: 10, largest: 100, ofLargest: 3 });
  for (let n = 0; n < 10; n += 1) {
    await small.take();
    small.fill(1);
  }
  let eleventh = false;
  void small.take().then(() => {
    eleventh = true;
  });
  await Promise.resolve();
  expect(eleventh).toBe(false);
  small.free(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(eleventh).toBe(true);
});

test('however parts come and go, the room is never exceeded and everybody gets in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(120), { minLength: 1, maxLength: 60 }), async (sizes) => {
      const slots = createPartSlots({ parts: 6, largest: 100, ofLargest: 4 });
      let held = 0;
      let bytes = 0;
      await Promise.all(
        sizes.map(async (size) => {
          await slots.take();
          held += 1;
          bytes += size;
          slots.fill(size);
          expect(held).toBeLessThanOrEqual(6);
          // A part that is larger than the largest is tolerated, beside those that had been let in before it.
          if (sizes.every((one) => one <= 100)) expect(bytes).toBeLessThanOrEqual(400);
          await new Promise((resolve) => setImmediate(resolve));
          held -= 1;
          bytes -= size;
          slots.free(size);
        }),
      );
      expect(held).toBe(0);
    }),
    { numRuns: 60 },
  );
});
