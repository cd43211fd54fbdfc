import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own that takes every upload and keeps nothing, so that the sender is what is measured. Prints its port.

const answer = Buffer.from('{"status":"INGESTED","message":"0 findings will be ingested"}');
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
