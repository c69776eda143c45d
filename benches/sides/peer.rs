//! What somebody would build in SQLite to get the same answers: indexes for the same questions, a trigram index for
//! words, and a record of every change.

pub(super) const SCHEMA: &str = "
pragma journal_mode = wal;
create table customer (
  id integer primary key, name text not null, email text, phone text, city text, industry text, grade text,
  status text, owner text, source text, tag text, note text, created text, version integer not null default 1
);
create table audit (
  seq integer primary key, changed_at text not null default current_timestamp, customer integer not null,
  field text not null, before text, after text
);
";

/// One process with the import: what it reads lies in a temporary table.
pub(super) const FILL: &str = "
begin;
insert into customer (name, email, phone, city, industry, grade, status, owner, source, tag, note, created)
  select name, email, phone, city, industry, grade, status, owner, source, tag, note, created
  from temp.arrived order by rowid;
create index customer_owner_created on customer (owner, created);
create index customer_email on customer (email);
create index customer_phone on customer (phone);
create index customer_city on customer (city);
create index customer_grade on customer (grade);
create index customer_status on customer (status);
create virtual table words using fts5 (
  name, email, phone, content = 'customer', content_rowid = 'id', tokenize = 'trigram'
);
insert into words (words) values ('rebuild');
create trigger customer_grade_audit after update of grade on customer when old.grade is not new.grade begin
  insert into audit (customer, field, before, after) values (new.id, 'grade', old.grade, new.grade);
end;
create trigger customer_words after update of name, email, phone on customer begin
  insert into words (words, rowid, name, email, phone) values ('delete', old.id, old.name, old.email, old.phone);
  insert into words (rowid, name, email, phone) values (new.id, new.name, new.email, new.phone);
end;
commit;
";
