import type { Notification, ReportingDescriptor } from '@sariflow/sarif';
import { plainText } from '../texts/plain-text.ts';
import type { RuleTable } from './rule-table.ts';

/** A notification before its references have indices. */
export interface NotificationDraft {
  /** The kind of notification, such as the tool's own error type. */
  readonly kind: string;
  /** One sentence about the kind, for its descriptor. */
  readonly about?: string | undefined;
  readonly level: 'error' | 'warning' | 'note';
  readonly text: string;
  /** A rule that the notification is about. */
  readonly ruleId?: string | undefined;
  readonly fields?: Pick<Notification, 'locations' | 'properties' | 'timeUtc'>;
}

const mostOfOneKind = 1000;
const mostKinds = 1000;
const otherKinds = 'other';

/**
 * The notifications of a run: what went wrong while the tool ran (`execution`) and in how it was set up
 * (`configuration`). A header is repeated in every part of a large log, so of each kind the first thousand, or `most`,
 * are kept and the rest becomes one that says how many.
 */
export class Notifications {
  readonly #descriptors = new Map<string, ReportingDescriptor>();
  readonly #kinds = new Map<string, { count: number; readonly most: number }>();
  readonly #execution: NotificationDraft[] = [];
  readonly #configuration: NotificationDraft[] = [];

  add(to: 'execution' | 'configuration', draft: NotificationDraft, most = mostOfOneKind): void {
    // Kinds are words of the report; a header must not grow with what someone puts there.
    if (!this.#kinds.has(draft.kind) && this.#kinds.size >= mostKinds) draft = { ...draft, kind: otherKinds };
    let kind = this.#kinds.get(draft.kind);
    if (kind === undefined) {
      kind = { count: 0, most };
      this.#kinds.set(draft.kind, kind);
      const about = draft.about === undefined ? {} : { shortDescription: { text: draft.about } };
      this.#descriptors.set(draft.kind, { id: draft.kind, ...about });
    }
    kind.count += 1;
    if (kind.count <= kind.most) (to === 'execution' ? this.#execution : this.#configuration).push(draft);
  }

  /** `driver.notifications`. */
  descriptors(): ReportingDescriptor[] {
    return [...this.#descriptors.values()];
  }

  /** The two arrays of an invocation; empty ones are left out. */
  lists(rules: RuleTable): {
    toolExecutionNotifications?: Notification[];
    toolConfigurationNotifications?: Notification[];
  } {
    const order = new Map(Array.from(this.#descriptors.keys(), (kind, index) => [kind, index]));
    const written = (draft: NotificationDraft) => notificationOf(draft, order.get(draft.kind) as number, rules);
    const execution = [...this.#execution, ...this.#beyond(this.#execution)].map(written);
    const configuration = [...this.#configuration, ...this.#beyond(this.#configuration)].map(written);
    return {
      ...(execution.length > 0 && { toolExecutionNotifications: execution }),
      ...(configuration.length > 0 && { toolConfigurationNotifications: configuration }),
    };
  }

  #beyond(list: readonly NotificationDraft[]): NotificationDraft[] {
    const drafts: NotificationDraft[] = [];
    for (const [kind, { count, most }] of this.#kinds) {
      if (count <= most) continue;
      const last = list.findLast((draft) => draft.kind === kind);
      if (last === undefined) continue;
      drafts.push({ kind, level: last.level, text: `${count - most} more of the kind "${kind}" are not listed.` });
    }
    return drafts;
  }
}

function notificationOf(draft: NotificationDraft, index: number, rules: RuleTable): Notification {
  return {
    descriptor: { id: draft.kind, index },
    ...(draft.ruleId !== undefined && { associatedRule: { id: draft.ruleId, index: rules.indexOf(draft.ruleId) } }),
    level: draft.level,
    message: { text: plainText(draft.text) || draft.kind },
    ...draft.fields,
  };
}
