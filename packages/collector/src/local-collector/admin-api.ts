import { type Answer, errorAnswer, jsonAnswer, notFoundAnswer } from './answer.ts';
import type { FaultControl } from './faults/fault-plan.ts';
import { parseFaultOrder } from './faults/parse-fault.ts';
import { parseFindingQuery } from './finding-query.ts';
import type { FindingStore } from './storage/finding-store.ts';
import type { TenantDirectory } from './storage/tenant-directory.ts';
import type { UploadLog } from './storage/upload-log.ts';

export interface AdminParts {
  readonly faults: FaultControl;
  readonly uploads: UploadLog;
  readonly findings: FindingStore;
  readonly tenant: TenantDirectory;
}

/** A request below `/admin/`. `path` without that prefix. */
export interface AdminRequest {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly body: Buffer;
}

/**
 * What tests in other processes use:
 * `GET|POST|DELETE faults`, `DELETE faults/{id}`, `GET received`, `GET counts`, `GET findings`,
 * `PUT collectors/{id}/enabled` and `…/disabled`.
 */
export function answerAdmin(parts: AdminParts, { method, path, rawQuery, body }: AdminRequest): Answer {
  try {
    if (method === 'GET' && path === 'faults') return jsonAnswer(200, parts.faults.list());
    if (method === 'POST' && path === 'faults') {
      const { fault, plan } = parseFaultOrder(JSON.parse(body.toString('utf8')));
      return jsonAnswer(201, { id: parts.faults.add(fault, plan) });
    }
    if (method === 'DELETE' && path === 'faults') {
      parts.faults.clear();
      return { status: 204, body: '' };
    }
    if (method === 'GET' && path === 'received') return jsonAnswer(200, parts.uploads.all());
    if (method === 'GET' && path === 'counts') return jsonAnswer(200, parts.findings.counts());
    if (method === 'GET' && path === 'findings') {
      const query = parseFindingQuery(rawQuery);
      return jsonAnswer(200, { total: parts.findings.count(query), findings: parts.findings.find(query) });
    }
    const faultId = /^faults\/(\d{1,9})$/.exec(path)?.[1];
    if (method === 'DELETE' && faultId !== undefined && parts.faults.remove(Number(faultId))) {
      return { status: 204, body: '' };
    }
    const [, collectorId, state] = /^collectors\/([^/]+)\/(enabled|disabled)$/.exec(path) ?? [];
    if (method === 'PUT' && collectorId !== undefined) {
      const found = parts.tenant.setCollectorEnabled(decodeURIComponent(collectorId), state === 'enabled');
      if (found) return { status: 204, body: '' };
    }
    return notFoundAnswer(`There is no ${method} ${path} here.`);
  } catch (error) {
    if (
      error instanceof TypeError ||
      error instanceof RangeError ||
      error instanceof SyntaxError ||
      error instanceof URIError
    ) {
      return errorAnswer(400, 'BadRequest', error.message);
    }
    throw error;
  }
}
