#!/usr/bin/env bash
# Makes a small store of the format that a program writes, for later versions to open: the last ten steps can be taken
# back, and beside it lies what the program exported before those ten.
#
#     bash tests/stores/make.sh target/release/crm 2
#
# makes tests/stores/format-2.redb and tests/stores/format-2.jsonl. A store that is there is never made anew: that a
# later version opens what an earlier one wrote is what it is for.
set -euo pipefail
program=$(realpath "$1")
format=$2
here=$(cd "$(dirname "$0")" && pwd)
store=$here/format-$format.redb
[[ ! -e $store ]] || { echo "$store is there already"; exit 1; }
world=$(mktemp -d)
trap 'rm -rf "$world"' EXIT
cd "$world"
minute=0
crm() {
  minute=$((minute + 1))
  env -i PATH="$PATH" HOME="$world" XDG_CONFIG_HOME="$world" XDG_DATA_HOME="$world" XDG_STATE_HOME="$world" \
    TZ=UTC LANG=C USER=ann CRM_STORE="$store" CRM_NOW="$(date -u -d "2026-03-02 09:00 UTC + $minute minutes" +%FT%TZ)" \
    "$program" "$@" >/dev/null
}

# What is there before: all kinds, edits, an import, bulk edits, undo and redo, a purge, something in the trash.
crm customer add Blue Harbor grade=A city=Seattle phone="206 555 0142" tag=vip,harbor
crm customer add 上海华盛科技有限公司 grade=B city=上海
crm customer add Gone For Good note="a secret"
crm contact add Ann Lee customer=C-1 email=ann.lee@example.com
crm user add Bo Li login=bo
crm view save best grade:A
crm deal add Cranes customer=C-1 amount="120000 USD"
crm deal add 起重机 customer=C-2 amount="30000 CNY" owner=bo
crm ticket add Crane stuck customer=C-1 priority=high
crm log call C-1 asked for a quote next="tomorrow send the quote"
printf 'name,city,grade\nCedar Point,Berlin,C\nNorth Mill,Lyon,D\nOld Quay,Austin,\n' >a.csv
crm import a.csv --into customer
crm customer set --where city:Berlin,Lyon tag+=europe note="met at the fair" --yes
crm customer set C-1 city=Tacoma
crm undo
crm redo
crm undo
crm customer set C-3 note="another secret" grade=D
crm customer rm C-3
crm customer purge C-3 --yes
crm customer rm C-6
crm --as bo deal set D-2 amount="45000 CNY" note="by Bo"

cp "$store" before.redb
CRM_STORE=$world/before.redb env -i PATH="$PATH" HOME="$world" XDG_CONFIG_HOME="$world" XDG_DATA_HOME="$world" \
  XDG_STATE_HOME="$world" TZ=UTC LANG=C USER=ann "$program" --store before.redb export >"$here/format-$format.jsonl"

# The ten steps that are taken back.
crm customer set C-1 grade=B name="Blue Harbor Logistics" tag-=vip
crm deal move D-1 next
printf 'name,city\nRiver Works,Bonn\nSalt Yard,Graz\n' >b.csv
crm import b.csv --into customer
crm customer set --all tag+=all --yes
crm log visit C-2 looked at the site
crm followup done F-1 sent it
crm ticket resolve T-1 oiled
crm customer rm C-4 C-7
crm customer restore C-6
crm contact set P-1 phone="+49 30 123456" title=Buyer
