/**
 * How the lines of keepalived 2.4.3 that a rule is about are known again: for each line the marks of up to five of its own
 * words, the rarest ones, in their order. A mark is two characters that server/cli/log-lines.ts makes of a word; what the
 * daemon says is not kept. A line of this text: the rules, a colon, and the marks of each of the daemon's lines.
 */
export const logMarks = `address-family-mismatch:U5Y009FetL QfU5kNFk9u yd1sG2VceE MqY0NKIjY0 IXQiYSc38m 0EW4RpktQf dcU51sG2Y0 eE1sG2Vcyd z9pTbMQf2P
address-family-mismatch deprecated-keyword:zuQf2PQfV4
address-owner-on-two-nodes equal-priority:eaXe7eqRoj
advert-int-out-of-range duplicate-directive:mG1I2Eh_lF
advert-int-out-of-range duplicate-directive out-of-range:mG1Iul1FbT
auth-ah-with-master-state:bGrHW-hbUo
auth-and-auth-hmac auth-hmac-key-undefined auth-hmac-weak-key:p4CaJtmT1w
auth-hmac-key-undefined:F4JJB53Y
auth-hmac-key-undefined auth-hmac-weak-key out-of-range:JJ8Rsc8mhF
auth-hmac-weak-key:JJB5XFumYO
auth-pass-missing:Ca9Z3MlT6d
auth-pass-truncated:FIlIphCM
auth-with-version-3:7Cjm1sPWCa
bad-digest:z5wqXFnoP9 vgriP-IKcC
bfd-check-undefined:f3PSDfAB2_ f3PSU7Gq
deprecated-keyword:t6X4Hq7C2q eQ2qC2Nlfv HBzggN6Rmx Se2qC2NlDA 5E2qNlbHZu yW2qXP7kYS X4JcOQSY6o GFC2X7kFp8 kFAv2qC2qW kFwK2qC2p9
deprecated-keyword invalid-ip missing-argument:WM2qC2NltI 7hSwU5 Sw3YTzFk9u Sw0EOQqQjO nDWM2qC2UB QI6OQtSw0E
deprecated-keyword missing-block-brace unbalanced-brace:W92qC2NlJl
deprecated-keyword weighted-track-on-owner:W4Nr2psE6O
dns-check-type:Z1DfJcZJFq
dns-check-type extra-argument:TMLW82Bql-
dr-port-mismatch:R7lClC2dE2 vOR7hGVmG2 vOhGVmG2VI 2PaChGVmG2
duplicate-block-name:CGOQsc V6bAPSIUGq 7CbgE1OQsc 7CIUOQsc
duplicate-directive:VP2PJcOQSY VPXaU5OQqQ 26tjoIPWuH F43a F4xwi0l- F4XPl- F4lul- F4KTl- F4gJi0l- F4IUi0l- F4Jll- F4hIl- F4qHqQ75Ij EfZ-OQEkph CGEtF4 HH2PJcOQSY q9-UOQqQl- -UOQqQ BC-UOQqQl- DKIUOQqQl- E1R6OQbgE1 OQqQl- Yj7CIUSY6o YjJcOQSY6o dVOQqQ9jl- CAU5OQqQl- CABqOQqQl- CAXaOQqQl- IUOQqQl- 1QXaOQqQ6o wxtjUxlCfi KGOQqQl- oNOQqQl- y5EkTIm1FM Cp-UOQqQl- Nt-UOQqQl- Z1DfOQqQl- xR-UOQqQl- z5EtF4 6OL6aDm1FM 7CE1Cp-UOQ 7CE1Nt-UOQ 7CE1xR-UOQ 7CE1Gj-UOQ 7CE15R-UOQ kB-UOQqQl- 4AOQqQl- 4ZOQEkcBGT 4ZOQEkcB2p 5bOQqQ Gj-UOQqQl- 5R-UOQqQl- GTOQEkcBGT PSOQqQ f3vGOQAU f3PSOQqQ6o ec-UOQqQl- 2pOQEkcB2p Wp-UOQqQl-
duplicate-directive fractional-advert-int-v2:mG1IPCuXlF
duplicate-directive invalid-enum:zMtjoI7euH
duplicate-directive missing-argument:F4-VIj
duplicate-real-server:KHqPzB8lvG
duplicate-vip:uiMGuil- uiMGPCZCui
duplicate-vrid:QjNlJL7kXa F4JLqAIjJL
empty-block:vOE1ZJE1Zu vOZJKDZu vOZJdVOkZu vObgE1ZJZu
empty-block nopreempt-with-master-state:xktoD7x7Za
empty-block sync-group-member-in-two-groups sync-group-unknown-member:bgE1JcsfzB
endless-definition:bRzYzjS73J i0HZOB2PZ8 i0HZyQZ8Rp
equal-priority:W-c39ZbdNA
extra-argument:QjCC_BXeXe TMcB2pXCx1 TMx1qQ9jYj TMx1qQ9jgG VPAB2_SwCM VPXaDfOQqQ cB2pXCGUEt 0el-V52r 7hSjRil- 7hSjuvl- 7hSjs4l- AB41Z89jNJ CAXaDfAB2_ ZuJcV5Z8 ox1sxk8JzB 41Z8hjSs9O 0ESAoVanQt 0EJcSAoV EkCCr8S_S_ gGHZKtXRPI 2pXC9KLPYO HoNltRYj YOV5CMKt8k
extra-argument invalid-boolean:7hGGqQ
extra-argument invalid-enum:TMU5Y0 TM6dl-
extra-argument invalid-number missing-argument out-of-range:7hBX
extra-argument missing-argument:qQIRbYl- wyTzSwV5Z8 S5HZ8JbY cB2p2pDfTz 0eTzl- EfbAEfZ-Df Mq1-L2Tz N47h 7hl- HZpNZJmx HZmx HZjm JJB5yDPC3Y DKkti_iqE4 YjHZXa aCwySwV5Z8 aC1-L2Tz k_YgY1Dfpp 71L2DfTz TzQZDf Tz1njm Tz71L2Df bpTzl- lwTzl- f3Sw41dqgN itHZH0S7h8 FXHZXaDf qHSwAB41M8
extra-argument missing-interface missing-virtual-router-id:BVYgY1Df
extra-argument missing-virtual-router-id sync-group-single-member:sfumbgz5Ys
fwmark-ha-suspend fwmark-port-ignored fwmark-with-protocol:NlN3-5xFN3
fwmark-port-ignored:mbR7lC2dE2 mblClC2dE2
fwmark-port-ignored fwmark-with-protocol:vOR7JclCxF vOmbaClCxF 6dmb6d2dE2
host-bits-set-in-range:U5Ie0bZJpp
http-check-without-url:HBzggNJcsC
hysteresis-not-below-quorum quorum-exceeds-weight:Mq5nSpjR5n SpzjYtRW4d
include-not-found:3MU453Hj 3Mlq2p V62peXo3pp bAnFU47rV4 2pG_pNKl2p
incomplete-block:CrcBE1_yzB DfJcSYbnpp V6bAPSEk8m e9Jc3MJlqQ
interface-name-too-long:7hZIZZphJL 7hYjE1l- 7hYjlCl- 7hYj9wl- 7hYjkTl- YjXaDfAB2_ 1QXaDfAB2_ C2kF3Yd7ZI XaDfAB2_l- XaDfEtAB2_
interface-name-too-long missing-argument:CrCGc-Ll_T CrY1E1c-rx
interval-too-long sync-group-single-member sync-group-weighted-member-track:Nr-UIjEnsE
invalid-boolean:7hqQ 7h2PSh 7hJ3x1 7hAgSh 7hUxqQ 7h-qSh 7htGSh 7hBVNGSh 7hGU9jtRqQ 7hGU9jbiqQ 7hGU9jgtqQ 7hGU9jtdqQ 7hGU9jGhqQ 7hGU9joMqQ 7hv8NGSh 7hTNNGSh 7hnSNGSh 7hf2Sh 7hsBqQ 7hDYqQ 7hE-qQ V6bAPSIUpe GU9jtR7cqQ GU9jtRLaqQ GU9jtRUrqQ GU9jtRBWqQ GU9jtRXSqQ GU9jtRnpqQ GU9jtRvtqQ GU9jtRl2qQ GU9jtRzgqQ GU9jtRM5qQ GU9jtRqgqQ GU9jtRvoqQ GU9jtRNGqQ GU9jtRmyqQ GU9jtRZnqQ GU9jbgE1bi
invalid-enum:TMvhx8l- TMVWx1 TMCaBq TM0OBq TMA1Bq9j1- TMCyBql- F4CyqQl- 7heHBql- 7h1njm 7hHMl- 7hA1x19j1- JJ3Drjh1Rp JJ54bYSwtL _zTMkfx11- VvEt7h GuEtRpkNQf GUU7ei eHU7kt
invalid-enum invalid-number:V6bAPSIUx1 bZTM4Zx1 JlTM4Zx1 RVTM4Zx1
invalid-enum invalid-number unknown-keyword:TMcB2p4Zx1
invalid-enum missing-argument:3M4Z9jcBGT 3M4Z9jcB2p TMOoBq cB2p4ZTz 7hOoFkL1 7hOoFkm_ CCTz Oo3YGUEt7h TzOoBq
invalid-enum missing-argument out-of-range:GuGUqQ9j0E
invalid-enum missing-forwarding-method:zvx1Ekjl9C
invalid-enum out-of-range:7hCC
invalid-ip:Mq1-E1Fkpp Mq1-FkU5pp bjU7-Rpp 7hydU5l- 7hdcU5 7heEU5l- 7hYO8kpp R71-FkU5pp E1YO8kABZk V6bAdQKjdc V6bAIUdQL1 V6bAPSdQIX V6bAPSIUdQ fUEtU7Qfpp fUEtU7-Rpp fUnouytL-R 7CdRFkppFk dQxB5WU5pp kRDXfUpp mbY0TMl- YO8ktRkCH0 YO8kbTkCH0 YOFGoIG2pp
invalid-ip invalid-prefix:U52P1mU53J
invalid-ip misplaced-keyword:gZOQqQl- DdNidqYSc3
invalid-ip missing-argument:7h0EW4U5 7h0EL1U5 7h0EUBU5 7hz9phU5 7hz9W4U5 6oph9jI1Rp 6oph9CU7kt 6OsDdcV4sD 6O2Pput6dc 7CsxkYsDui dcEDdcJcSY sxkYsDYSQu
invalid-ip missing-argument unknown-keyword:0EYgY1Zh
invalid-ip missing-vip:uiKtXRPILP
invalid-ip mixed-family-vips strict-conflicts:uiKtXRPIKs
invalid-ip unknown-keyword:TM0EkF
invalid-number:TMa_L6 VP7hiLU5 VP7hiLU5E2 VPiLU5Et-R VPiLOHphsi tZr87h Mq1-mbYgum 7ha_ZS 7ha_GU 7hxp9j0E 7h4e9jK49u 7h9_ 7haCbYvu 7ht2 7hI1U59j9u 7haK9j0E 7hooqQ 7hz9mbqQ 7hG5YO YjE1U5U7-R focf3MOjkt 3YGU9jQf9u P-L59jL9-0 P-L59jL9Sq t2AB41JE8s wxA1lC9j1- GUzj1zVI GUKhF2h_VI JLU7kNYgOB gGGUqQ9j0E GTaCbYft7h mbYgiruml- 9wU7kNFk9u kNEtRpkNQf
invalid-number missing-argument:7h7mqQ 7hwKYO L9SqHZSq
invalid-number missing-argument out-of-range:avGUqQ9j0E -dGUqQ9j0E Z8GUqQ9j0E 7h_BqQ9j0E 7hbvqQ9j0E 7hxAqQ 7hfKqQ9j0E 7hquqQ9j0E 7hz9SWqQ 7hz9SWpFoo 7h6d 7hA13YqQ Nrc-6dNq6d eGGUqQ9j0E SW9RFBAkoD fKqQ9jFk9u F_GUqQ9j0E A2GUqQ9j0E z9pFooIRSW ghGUqQ9j0E it7hS7GU it7hH0GU gEGUqQ9j0E kNbYqQ9j0E
invalid-number out-of-range:097hl- JvU7kNYgOB S5Ygiruml- b57hl- EfbdKHx7ul Mq1-_L7hl- Mq1-Th7hl- Mq1-8JWE7h Mq1-8Jd7DA Mq1-4Z9KYO 7hCol- 7h0zl- 7h_LZgGU 7hDKIUwHft 7hDKIUNift 7hIUNift 7hgNAQ 7hic 7hDAZgGU 7hTijm 7hbQ 7hv8X8l- 7hv8xCl- 7hNjqQ 7hSeGU 7hANZgGU 7hdd 7hmbZgGU 7hl6 JJ8RYgOB2P d_7hl- R4umSwphGO Th7hl- dV0Q7h dVoz7h HL7hl- K27hl- V6bAPSIUoG V6bAPSIULg V6bAPSIUSf V6bAPSIUrq V6bAPSIUiK V6bAPSIUkN V6bAPS9wfK aC1-_L7hl- aC1-Th7hl- aC1-9_7hl- aC1-AN7hl- aC1-4Z9KYO 5nYgiruml- 9_Et7hl- DAGU7h ftkNOB3Jjl SpYgumjRph SpbZYgOBsa tU7hl- pf7h MNbZYgOBsa 2_7hl- 7C-UR-7hl- 7C-UulOB2P 7C-UXLZZph 7C-U86ZZph 7CbAjmmUSw X8U7kNYgOB 4ZcB2pumsa 4ZbZYgOBsa L9zYXFkNOB _pEt7h p8nFkNYgOB qZEt7h RV4ZYgirum jmYgirmUSw vAYgiruml- 9wU7kNYgOB NS7hl- XeulU7kNYg
invalid-prefix:7hQfKoqQ 7hKDpp
invalid-sequence:7h4XpT 7hKbh8 7hKbpT 7hKbi0 4XpTAB41h8 KbShEtu5i0 KbShVjAB2_ n7RpkNT3m6
invalid-state:TMrHZZphRw rHZT6oW-Rw
invisible-character sync-group-single-member:bgE1Jc_yzB
ipv6-first-vip-not-link-local:YSDAnouytL 6O3BQfV43B 6OFqQfV4Fq
ipv6-first-vip-not-link-local vip-dropped-by-strict:YSDAuiuytL
ipv6-with-version-2:Nl7CjmjRjm x3NKGqUAjm
line-not-read:_TY1D0iuH8
line-not-read unknown-keyword:H8AB2_l-
link-local-needs-bind-if:gNuytLHZJa
master-without-priority:Y1jdcB-Uft
misplaced-keyword:eiz7OQqQ75
misplaced-keyword missing-real-server real-server-family-mismatch:Mq1-JcaCRW
missing-argument:3M6KubgN-U 3M-UsWqQ 3MShqQ9j 3MoNDfqQ 3MGU9jYjE1 3MGU9jYjlC 3MGU9jYj9w 3MGU9jYjkT 3MGU9jSjRi 3MGU9jSjuv 3MGU9jSjs4 3M4AqQ 3MGTaCbYft 3MGTftqQ H8spKtNl1F H8spanNl1F tZr8Tz CGYgY1Dfpp -UTz -UmxSYZkpp Yj3YZZphJL LqmypNFDqb cz0iDfTz OPRtgzlvIf OPpFRtgzlv TzU59jI19u Tz4e9jK49u TzlC1-wxA1 TzA1Bq9j1- gJDfTzl- 4ZIRGUcB-U 4ZIRGUcBGT 4ZIRGUcBPS 4ZIRGUcB2p 4ZIRGU9jXP EtTzGU eiTz FDEtU7kN FDQIirIfcv GTDfTz IUDfTzl- q3HZGU
missing-block-brace:Kt9RVcV6Zu
missing-forwarding-method missing-scheduler:MqEDEkjRjl
missing-interface:Kjt7Y10-Sw TMXa QINlVPc-Xa
missing-interface missing-vip missing-virtual-router-id:YSMqsf3YEk
missing-protocol:Mq6dEkZZs4
mixed-family-vips:Y0YgG27CIU QI6O-wQfV4
nopreempt-with-master-state:k1n4bGrHW-
nopreempt-with-priority-255 preempt-delay-with-master-state weighted-track-on-owner:k1hbftVIk1 l-NrXasEph 8g8Jn4bGrH
notify-fifo-name-clash:nLPTnLPTnL PTnLnLnRPT 5RnLSYnLnL
option-without-partner:CrY1CGc-Xa SAzvTIIRSA SAIgTId7SA
out-of-range:09tRkCjRph oGzj9wfKfK cB-U4ZOBsa 7hI2GU 7hgNpb 7h712kXF 7h4ZqQ9j0E 7hGTftqQ JJKYOB2Ptc JJB53YOB2P d_tRkCjRph AB2_1zXFCM K2tRkCjRph t29KtyuXYO t29KtyL6YO t29KtyJEYO t29KuXYO t29KYOVrVr t29KYOjgjg ipt2 SpEttRkCMN T8AB2_FI MNEtbTkCSp 2_tRkCjRph 7CR-tRkCjR 7CultRkCjR 8JbZYgOBsa 4ZYgirOBsa 4ZcBGTumsa 4ZcBPSumsa 4ZJlYgOBsa 4ZQIirjRph L9S7XFkNOB L9YWkFjSk- GTm1kCCMFI GTbYtR1z1z GTbYbTF2F2 vktRkCjRph El7h FqOj1zXFzB q3Ygiruml-
out-of-range unknown-keyword:2PXFAB2_sD
out-of-range zero-garp-interval:t29KYO
peer-advert-int-mismatch:1IW2h_h_i_ 09M_6UZf6U NAvC6UZfvC X5h_G9Gqh_
peer-auth-mismatch:Ye1wW4qu YePC7heBW4
peer-cast-mismatch:nyi2bOi2bO
peer-version-mismatch:lTjmW4Ye2C
peer-vip-set-mismatch:o9JLJsXeW4 nyw59ZYe
policy-rule-refused:3MqbqQ9jz9
preempt-delay-with-nopreempt:Jvhbk1x8VI
real-server-family-mismatch:Y0VcaCVmG2
real-server-family-mismatch zero-port-needs-persistence:Y1mbIRY0zB
scheduler-flag-mismatch:RpqBphAMED PIbOCxs4VI
script-args-unquoted:7h6KE19j-U
script-args-unquoted script-user-root:-U6K1sU7Ys
script-not-found:-UQIir8n vgphvN-U8m
self-track-interface:l-XPyrqqXa
setting-without-effect:VPCAKjxFfI fIuiBU7CIU 1gyrftEtU7 1QkRRpIjxF KBRpkNIjVP Nl-IIRKjto ChEtmgEk-w sBIjftHZ1g 9qHZk1VI Oh2PfIuiBU QINlUoCaQf
setting-without-effect unicast-without-src-ip:-RZhqQIjKj
smtp-check-helo-duplicate:cz0iDfOQqQ
sorry-server-family:VcR7VmG2R7
sorry-server-is-real-server:56IguyES7k
strict-conflicts:JvhbG8x8VI G8x8GxKrVI G8x8Gxox8J G8x8GnXeVI G8x8DY5MVI l6hbG8x8VI
strict-conflicts vip-dropped-by-strict:G8x81sPWCa rHW-G2FLmz GMhbG8x8VI tXG8hbxFtX 6OiLG8x8xF
sync-group-member-in-two-groups:sfYsm1PIbg
sync-group-member-in-two-groups sync-group-single-member:lqsf9g1wzB
sync-group-mixed-owner:8Qmz8QmzjH
sync-group-single-member sync-group-weighted-member-track unknown-keyword:9RCoFBAkoD
too-many-vips:fWRlRe5B2S
track-file-missing:3M2pEk9jJl
track-interface-unknown:NrXaz5Ys
unbalanced-brace:22QiTzSwV5 V59g
undefined-track-bfd:cBPSU79gl- PSDfAB2_
undefined-track-process:cBGTU79gl-
undefined-track-script:cB-UU79gl-
unicast-family-mismatch:xB5WG2IUY0 L1VcYSc3Y0 CA1sG2x4rH
unicast-peer-min-ttl-gt-max:xq0FjhMCsn
unknown-keyword:TMcB-Ux1l- TMcBGTx1l- TMcBPSx1l- TMcBPS4Zx1 TMcB2px1l- TM3ax1 TMXPx1l- TMV61QFkU5 TMKT4Zx1l- TMz9x1 TMNN4Zx1l- TMhI4Zx1l- TMkF fIU5HZPCXa Qf099jtI 7htIU5 7hz9qb ZzqQ9jQf0E ZzqQ9jQfz9 3tl- QI6OIfWIqb
unterminated-quote:HAlf kyDfTzl- L5Tzc0 KbTzc0 zhlf
unused-vrrp-script:vO-UEtU7TI
vip-dropped-by-strict:YNjm1sTmsi
virtual-interface-hint:PW-RKjto8m
virtual-server-not-a-vip:MqE1Jc2rzB
vmac-unicast-needs-xmit-base:KjfIHZKBjR
vrrp-script-without-script:3M-UEkRVzB cBGTGTDfU7
weighted-track-on-owner:cB2pU79gl- NrPSIj4ZsE Nr2pIj4ZsE Y1jdsmewxF Y1jdsmewft Y1jdGTsmew
zero-garp-interval:O2Et7h HjEt7h
zero-port-needs-persistence:wMlCRpNidf`;
