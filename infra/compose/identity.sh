#!/bin/sh
#
# Makes the people and tokens of docker-compose.yml: identity.yaml, which holds only hashes, and tokens, which only you can read; and
# personal.key, the master key of personal text. What is there already is left as it is.

set -eu
cd "$(dirname "$0")"
if [ ! -e personal.key ]; then
  openssl rand -hex 32 > personal.key
  # The process in the container is another user: this is for a look around on one machine. Elsewhere mount it as a secret.
  chmod 644 personal.key
  echo "made infra/compose/personal.key: without it no personal text in the database can be read"
fi
if [ -e identity.yaml ]; then
  echo "infra/compose/identity.yaml is there already: delete it to make new tokens"
  exit 0
fi

umask 077
: > tokens
for name in rita ana omar ci; do
  token=$(openssl rand -hex 32)
  printf '%s %s\n' "$name" "$token" >> tokens
  eval "$name=$(printf %s "$token" | sha256sum | cut -d ' ' -f 1)"
done

cat > identity.yaml <<EOF
people:
  - { id: tom, names: [tom@example.org] }
  - { id: rita, names: [rita@example.org] }
  - { id: ana, names: [ana@example.org] }
  - { id: omar }
speakFor: [/pipelines/*]
tokens:
  - { sha256: $rita, person: rita }
  - { sha256: $ana, person: ana, roles: [model-risk] }
  - { sha256: $omar, person: omar, roles: [operator, policy-admin, privacy-officer] }
  - { sha256: $ci, service: ci, roles: [publisher] }
EOF
# The process in the container is another user, and there is no token in this one.
chmod 644 identity.yaml
echo "made infra/compose/identity.yaml; the tokens of rita, ana, omar and ci are in infra/compose/tokens"
