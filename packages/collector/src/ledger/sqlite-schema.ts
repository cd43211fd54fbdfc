/** Marks a SQLite file as a ledger of ours: "Srfl". */
export const applicationId = 0x5372666c;

/** Version of the tables. A ledger of a newer version is refused. */
export const schemaVersion = 1;

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
pragma application_id = ${applicationId};
pragma user_version = ${schemaVersion};
`;
