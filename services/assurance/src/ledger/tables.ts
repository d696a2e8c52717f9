/*
 * The ledger: what its tree was hashed from, the tree as tiles, and the checkpoints that were signed. All of it follows from the log and the keys.
 * Leaves, tiles and head are written in one transaction, so that a crash at any instant leaves them as they were before a batch or after it.
 * Never change a migration that was released: add one.
 */

export const migrations = [
  `
create schema if not exists ledger;

create table ledger.head (
  one boolean primary key default true check (one),
  size bigint not null,
  root bytea not null,
  position bigint not null,
  sealed_at timestamptz not null
);
comment on table ledger.head is 'How far the log is sealed: the leaves, their root, and the position of the last one in the log.';

create table ledger.leaves (
  index bigint primary key,
  stream text collate "C" not null,
  revision integer not null,
  position bigint not null,
  leaf text not null,
  unique (stream, revision)
);
comment on table ledger.leaves is 'What the tree commits to of each event, in the order of the log.';

create table ledger.tiles (
  level integer not null,
  index bigint not null,
  width integer not null check (width between 1 and 256),
  hashes bytea not null,
  middle bytea not null,
  primary key (level, index)
);
comment on table ledger.tiles is 'c2sp.org/tlog-tiles. One that is partial grows; a full one never changes. The middle is no part of it, and spares hashing.';

create table ledger.checkpoints (
  size bigint primary key,
  root bytea not null,
  note text not null,
  signed_at timestamptz not null
);
comment on table ledger.checkpoints is 'Everything that was ever signed. The note has the cosignatures of witnesses, which come later.';
`,
] as const
