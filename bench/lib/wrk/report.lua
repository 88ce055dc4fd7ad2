-- Says the result of a run as one line of JSON, exact where wrk's own text is rounded.
-- Only `done` is defined here: it costs the load nothing.
function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'figures {"requests":%d,"seconds":%.6f,"bytes":%d,"p50":%.3f,"p99":%.3f,"max":%.3f,"status":%d,"sockets":%d,"timeouts":%d}',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.status + (unexpected and unexpected() or 0), errors.connect + errors.read + errors.write, errors.timeout))
end
