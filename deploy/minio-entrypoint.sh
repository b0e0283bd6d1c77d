#!/bin/sh
# Serves MinIO and, as soon as it answers, makes the bucket and the application's own account, which may do with that
# bucket's objects what it needs and nothing else. The image has a shell and mc, but neither grep nor sed.
set -eu
secrets=/run/secrets/auteur
bucket=${S3__BUCKET:-auteur-assets}

allow() { printf '{"Effect":"Allow","Action":[%s],"Resource":["arn:aws:s3:::%s"]}' "$1" "$2"; }

prepare() {
    access_key=$(cat $secrets/access_key)
    secret_key=$(cat $secrets/secret_key)
    root_user=$(cat $secrets/root_user)
    root_password=$(cat $secrets/root_password)
    export MC_CONFIG_DIR=/tmp/.mc
    export MC_HOST_root="http://$root_user:$root_password@127.0.0.1:9000"
    export MC_HOST_app="http://$access_key:$secret_key@127.0.0.1:9000"
    until mc ready root >/dev/null 2>&1; do sleep 0.3; done
    mc mb --ignore-existing "root/$bucket"
    {
        printf '{"Version":"2012-10-17","Statement":['
        allow '"s3:ListBucket","s3:GetBucketLocation","s3:ListBucketMultipartUploads"' "$bucket"
        printf ','
        allow '"s3:GetObject","s3:PutObject","s3:DeleteObject","s3:AbortMultipartUpload","s3:ListMultipartUploadParts"' "$bucket/*"
        printf ']}'
    } > /tmp/policy.json
    mc admin policy create root auteur-app /tmp/policy.json
    # An account of its own and not a service account of root's: what those are forbidden could be got round in the
    # last published image (CVE-2025-62506).
    mc admin user add root "$access_key" "$secret_key"
    # Refused when it is attached already, so what counts is whether the account can list its bucket.
    mc admin policy attach root auteur-app --user "$access_key" >/dev/null 2>&1 || true
    mc ls "app/$bucket" >/dev/null
    touch /tmp/prepared
    echo "The bucket $bucket and the application's account are there."
}

rm -f /tmp/prepared
# Until it has succeeded the container is not healthy; what went wrong is in its log.
(until (set -e; prepare); do sleep 2; done) &
exec minio server /data --console-address :9001
