/** Addresses that no harvest may reach, in the spellings that attacks use. */

/** Spellings that lead to this machine, a metadata service or a private network. */
export const PRIVATE_SPELLINGS: readonly string[] = [
  'http://127.0.0.1/', 'http://127.1/', 'http://127.0.1/', 'http://0/', 'http://0.0.0.0/', 'http://2130706433/', 'http://0x7f000001/', 'http://0x7f.1/', 'http://0x7f.0.0.1/', 'http://0177.0.0.1/', 'http://0177.1/',
  'http://017700000001/', 'http://127.0.0.1./', 'http://127.000.000.001/', 'http://１２７.０.０.１/', 'http://127。0。0。1/', 'http://127．0．0．1/', 'http://①②⑦.⓪.⓪.①/', 'http://%31%32%37.0.0.1/', 'http://127.0.0.1%2e/',
  'http://LOCALHOST/', 'http://localhost./', 'http://a.localhost/', 'http://A.b.LocalHost/', 'http://ⓛocalhost/', 'http://%6cocalhost/', 'https://localhost:8443/', 'http:\\\\127.0.0.1\\', 'http:/127.0.0.1/', 'http:127.0.0.1', '  http://127.0.0.1/',
  'ht\ntp://127.0.0.1/', 'http://[::1]/', 'http://[::]/', 'http://[0:0:0:0:0:0:0:1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://[::ffff:a9fe:a9fe]/', 'http://[::127.0.0.1]/', 'http://[64:ff9b::127.0.0.1]/',
  'http://[2002:7f00:1::]/', 'http://[2001:0:7f00:1::]/', 'http://[fe80::1]/', 'http://[fd00:ec2::254]/', 'http://[fc00::1]:8080/', 'http://[ff02::1]/', 'http://[2001:db8::1]/', 'http://169.254.169.254/latest/meta-data/', 'http://2852039166/',
  'http://0xa9fea9fe/', 'http://0251.0376.0251.0376/', 'http://169.16689662/', 'http://100.100.100.200/', 'http://168.63.129.16/', 'http://192.0.0.192/', 'http://10.0.0.1/', 'http://167772161/', 'http://0x0a.0.0.1/', 'http://192.168.1.1:80/',
  'http://0300.0250.1.1/', 'http://172.16.0.1/', 'http://172.31.255.255/', 'http://100.64.0.1/', 'http://198.18.0.1/', 'http://224.0.0.1/', 'http://255.255.255.255/', 'http://4294967295/', 'http://gov.cn@127.0.0.1/', 'http://127.0.0.1#@gov.cn/', 'http://127.0.0.1\\@gov.cn/',
];

/** Not asked for whatever is allowed: other schemes, credentials, no URL at all. */
export const NEVER: readonly (readonly [url: string, reason: string])[] = [
  ['file:///etc/passwd', 'unsupported-scheme'], ['ftp://gov.cn/', 'unsupported-scheme'], ['gopher://gov.cn/', 'unsupported-scheme'], ['javascript:alert(1)', 'unsupported-scheme'], ['data:text/html,x', 'unsupported-scheme'],
  ['blob:http://gov.cn/1', 'unsupported-scheme'], ['view-source:http://gov.cn/', 'unsupported-scheme'], ['ws://gov.cn/', 'unsupported-scheme'], ['about:blank', 'unsupported-scheme'], ['http://user:secret@gov.cn/', 'bad-url'],
  ['http://user@gov.cn/', 'bad-url'], ['http://', 'bad-url'], ['//gov.cn/', 'bad-url'], ['http://[::1%25eth0]/', 'bad-url'], ['http://[fe80::1%eth0]/', 'bad-url'], ['http://256.1.1.1/', 'bad-url'], ['http://1.2.3.4.5/', 'bad-url'], ['', 'bad-url'],
];
