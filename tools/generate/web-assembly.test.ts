import { expect, test } from 'vitest';
import { webAssemblyBase64 } from '../../packages/sarif/src/recognise/web-assembly.generated.ts';
import { portableProgram, webAssemblyModule } from './web-assembly.ts';

test('the module that ships is what its sources compile to, byte for byte', async () => {
  const compiled = await webAssemblyModule(portableProgram());
  expect(Buffer.from(compiled).toString('base64')).toBe(webAssemblyBase64);
  expect(WebAssembly.validate(compiled)).toBe(true);
});
