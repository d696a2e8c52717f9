"""Publishes lifecycle events with a plain Kafka client: CloudEvents in structured mode, the governed model as key.

    pip install confluent-kafka==2.16.1
    python publish.py german-credit/events.ndjson [broker, 127.0.0.1:9092 by default]
"""

import json
import sys

from confluent_kafka import Producer

file, broker = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1:9092"
producer = Producer({"bootstrap.servers": broker, "enable.idempotence": True})
refused = []

for line in open(file, encoding="utf-8"):
    producer.produce(
        "muster.lifecycle",
        key=json.loads(line)["partitionkey"],
        value=line.strip(),
        headers={"content-type": "application/cloudevents+json; charset=UTF-8"},
        on_delivery=lambda error, message: refused.append(error) if error else None,
    )

waiting = producer.flush(30)
if waiting or refused:
    sys.exit(f"{waiting} events were not delivered within 30 s, {len(refused)} refused: {refused[:1]}")
