#!/bin/sh
# Writes what nginx.conf includes, from the application's own settings; the image runs it before Nginx starts.
# usage: nginx-settings.sh [FOLDER]
set -eu
folder=${1:-/etc/nginx/conf.d}
store=${S3__ENDPOINT_URL:-http://minio:9000}
# An upload has the form around the file; the application itself tells a file that is too large from one that is not.
overhead=1048576

# The largest of the application's limits; the first number is the largest default.
largest=31457280
for bytes in $(env | sed -n 's/^LIMITS__[A-Z_]*_BYTES=\([0-9]*\)$/\1/p'); do
    if [ "$bytes" -gt "$largest" ]; then largest=$bytes; fi
done

# Without S3__PUBLIC_URL browsers read pictures through this Nginx; with it they go to that address themselves.
origin=
if [ -n "${S3__PUBLIC_URL:-}" ]; then
    rest=${S3__PUBLIC_URL#*://}
    origin=" ${S3__PUBLIC_URL%%://*}://${rest%%/*}"
fi

trusted=$(echo "${AUTEUR_TRUSTED_PROXIES:-}" | tr ',' ' ')
{
    echo "client_max_body_size $((largest + overhead));"
    echo "set \$object_store \"${store%/}\";"
    echo "set \$object_origin \"$origin\";"
    echo "location ^~ /${S3__BUCKET:-auteur-assets}/ { rewrite ^ /-/object last; }"
    for network in $trusted; do echo "set_real_ip_from $network;"; done
} > "$folder/settings.conf"
for network in $trusted; do echo "$network 1;"; done > "$folder/trusted-proxies.geo"
