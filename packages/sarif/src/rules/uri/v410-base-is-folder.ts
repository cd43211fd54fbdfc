import type { ArtifactLocation, RunHeader } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { isRootName } from '../../run/repository-path.ts';
import { type UriForm, uriForm } from '../../run/uri-form.ts';
import { defineRule, type Fix } from '../rule.ts';

/** A base is put in front of other URIs as it stands, so it has to be a folder that has a place. */
export const baseIsFolder = defineRule({
  id: 'SF-V410',
  name: 'base-is-folder',
  level: 'error',
  specSection: '3.14.14',
  like: ['SARIF1004'],
  summary:
    "The uri of a base ends with a slash and has no query, fragment or '..'; it is absolute, or relative to another base.",
  explanation: {
    cause: 'The scanner wrote the folder as it was given to it.',
    reason:
      'Bases are resolved by putting one text in front of the other: without the slash two names run together, and behind a query nothing is a path.',
    repair:
      "The slash is added. The base of an absolute uri is removed. A relative uri without a base is put below the root of the sources. A uri with a query, a fragment or '..' is removed: the base has no place then.",
    before: '{ "originalUriBaseIds": { "SRCROOT": { "uri": "file:///ci/shop" } } }',
    after: '{ "originalUriBaseIds": { "SRCROOT": { "uri": "file:///ci/shop/" } } }',
  },
  visits: 'run',
  check({ originalUriBaseIds }, _visit, report) {
    for (const [id, base] of Object.entries(originalUriBaseIds ?? {})) {
      for (const { message, at, fix } of defectsOf(id, base)) {
        report({
          message,
          at: ['originalUriBaseIds', id, at],
          value: base[at],
          fix: { ...fix, apply: (run) => fix.apply(run) },
        });
      }
    }
  },
});

interface Defect {
  readonly message: string;
  readonly at: 'uri' | 'uriBaseId';
  readonly fix: Fix;
}

function* defectsOf(id: string, { uri, uriBaseId }: ArtifactLocation): Generator<Defect> {
  if (uri === undefined) return;
  const form = uriForm(uri);
  const { repaired } = form;
  if (form.hasQueryOrFragment) {
    const message = `'${uri}' has a query or a fragment, so nothing can be relative to it. Write the folder alone, or encode '?' and '#' if they belong to its name.`;
    yield { message, at: 'uri', fix: withoutPlace(id) };
  }
  if (form.hasParentSegment) {
    const message = `'${uri}' goes up with '..', and where to depends on the file system. Write the folder that is meant.`;
    yield { message, at: 'uri', fix: withoutPlace(id) };
  }
  if (isAbsolute(form)) {
    if (uriBaseId !== undefined) yield absoluteWithBase(id, uri, uriBaseId);
  } else if (uriBaseId === undefined) {
    yield relativeWithoutBase(id, uri);
  }
  if (form.hasQueryOrFragment || repaired.endsWith('/') || (repaired === '' && uriBaseId === undefined)) return;
  yield {
    message: `'${uri}' does not end with a slash, so it runs into what is put behind it. Write '${slashed(repaired)}'.`,
    at: 'uri',
    fix: changing(id, "A slash is added to 'uri'.", (base) => {
      const { uri: now } = base;
      if (now !== undefined && !now.endsWith('/')) base.uri = slashed(uriForm(now).repaired);
    }),
  };
}

function isAbsolute({ scheme, repaired }: UriForm): boolean {
  return scheme !== undefined || repaired.startsWith('/');
}

function slashed(uri: string): string {
  return uri === '' ? './' : `${uri}/`;
}

function withoutPlace(id: string): Fix {
  return changing(id, `'uri' of the base '${id}' is removed.`, (base) => {
    delete base.uri;
    delete base.uriBaseId;
  });
}

function absoluteWithBase(id: string, uri: string, uriBaseId: string): Defect {
  return {
    message: `'${uri}' is absolute, so it cannot be relative to '${uriBaseId}'. Remove 'uriBaseId', or write a relative 'uri'.`,
    at: 'uriBaseId',
    fix: changing(id, "'uriBaseId' is removed.", (base) => {
      delete base.uriBaseId;
    }),
  };
}

function relativeWithoutBase(id: string, uri: string): Defect {
  const message = `'${uri}' is relative, and nothing says to what. Write an absolute 'uri', or add 'uriBaseId'.`;
  const isHere = /^(?:\.?\/?)?$/.test(uri);
  if (isHere && isRootName(id)) {
    const description = "'uri' is removed: the name of the base says that it is the root of the sources.";
    return { message, at: 'uri', fix: changing(id, description, (base) => delete base.uri) };
  }
  return {
    message,
    at: 'uri',
    fix: {
      description: `The base '${id}' is put below the root of the sources.`,
      apply: (run) => putBelowRoot(run as Mutable<RunHeader>, id),
    },
  };
}

const rootNames = ['%SRCROOT%', 'SRCROOT', 'PROJECTROOT', 'REPOROOT', 'ROOTPATH'] as const;

function putBelowRoot(run: Mutable<RunHeader>, id: string): void {
  const bases: Record<string, Mutable<ArtifactLocation>> = run.originalUriBaseIds ?? {};
  const base = bases[id];
  if (base?.uri === undefined || base.uriBaseId !== undefined) return;
  const others = rootNames.filter((name) => name !== id);
  const declared = others.find((name) => isRoot(bases, name));
  const root = declared ?? others.find((name) => !Object.hasOwn(bases, name));
  if (root === undefined) {
    delete base.uri;
    return;
  }
  bases[root] ??= {};
  base.uri = base.uri === '' ? './' : base.uri;
  base.uriBaseId = root;
}

/** Whether a base is declared as the root of the sources, and is below no other. */
function isRoot(bases: Readonly<Record<string, ArtifactLocation>>, id: string): boolean {
  if (!Object.hasOwn(bases, id)) return false;
  const { uri, uriBaseId } = bases[id] as ArtifactLocation;
  return uriBaseId === undefined && (uri === undefined || isAbsolute(uriForm(uri)));
}

function changing(id: string, description: string, change: (base: Mutable<ArtifactLocation>) => void): Fix {
  return {
    description,
    apply(run) {
      const bases = (run as RunHeader).originalUriBaseIds;
      const base = bases !== undefined && Object.hasOwn(bases, id) ? bases[id] : undefined;
      if (base !== undefined) change(base as Mutable<ArtifactLocation>);
    },
  };
}
