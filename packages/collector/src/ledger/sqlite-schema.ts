/** Marks a SQLite file as a ledger of ours: "Srfl". */
export const applicationId = 0x5372666c;

/** Version of the tables. A ledger of a newer version is refused, an older one is brought up to date. */
export const schemaVersion = 2;

/** What version 2 added: how much of a target's quota was used, and what tells that nothing is missing. */
const version2 = `
create table quota (
  scope text not null, period text not null, used integer not null, seal text not null, primary key (scope, period)
) strict, without rowid;
`;

/** The tables, the same as those of a fleet's database. */
export const schema = `
create table meta (key text primary key, value text not null) strict, without rowid;
create table lane (
  lane text primary key, fence integer not null, state text not null, note text,
  batch integer not null, batch_open integer not null, seal text not null
) strict, without rowid;
create table item (
  lane text not null, seq integer not null, sha256 text not null, path text not null, batch integer not null,
  results integer not null, parts integer not null, state text not null, created_at integer not null, done_at integer,
  seal text not null, primary key (lane, seq)
) strict, without rowid;
create table part (
  lane text not null, seq integer not null, sha256 text not null, n integer not null, bytes integer not null,
  results integer not null, state text not null, doubt integer not null, attempts integer not null, status integer,
  answer text, sent_at integer, done_at integer, seal text not null, primary key (lane, seq, sha256)
) strict, without rowid;
${version2}
pragma application_id = ${applicationId};
pragma user_version = ${schemaVersion};
`;

/** Brings a ledger of version 1 up to date. To be run in a transaction. */
export const upgradeFromVersion1 = `${version2} pragma user_version = ${schemaVersion};`;
