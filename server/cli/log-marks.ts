/**
 * How the lines of keepalived 2.4.3 that a rule is about are known again: for each line the marks of up to five of its own
 * words, the rarest ones, in their order. A mark is three characters that server/cli/log-lines.ts makes of a word; what the
 * daemon says is not kept. A line of this text: the rules, a colon, and the marks of each of the daemon's lines.
 */
export const logMarks = `address-family-mismatch:AU5FY0J09NFeFtL BQfAU5KkNMFkH9u BydD1sFG2FVcLeE CMqFY0MNKPIjFY0 DIXHQiAYSIc3D8m I0EBW4BRpDktBQf LdcAU5D1sFG2FY0 LeED1sFG2FVcByd Lz9IpTObMBQfM2P
address-family-mismatch deprecated-keyword:IzuBQfM2PBQfMV4
address-owner-on-two-nodes equal-priority:CeaPXeL7eAqRJoj
advert-int-out-of-range duplicate-directive:FmGC1IG2EFh_ClF
advert-int-out-of-range duplicate-directive out-of-range:FmGC1IEulJ1FHbT
auth-ah-with-master-state:DbGErHHW-ChbLUo
auth-and-auth-hmac auth-hmac-key-undefined auth-hmac-weak-key:Mp4JCaAJtBmTD1w
auth-hmac-key-undefined:BF4DJJKB5F3Y
auth-hmac-key-undefined auth-hmac-weak-key out-of-range:DJJN8RLscD8mLhF
auth-hmac-weak-key:DJJKB5LXFDumPYO
auth-pass-missing:JCaA9ZA3MGlTE6d
auth-pass-truncated:CFIHlIAphBCM
auth-with-version-3:L7COjmD1sCPWJCa
bad-digest:Kz5CwqLXFPnoMP9 OvgNriGP-AIKMcC
bfd-check-undefined:Nf3NPSDDfFABB2_ Nf3NPSLU7BGq
deprecated-keyword:At6OX4NHqL7CH2q BeQH2qMC2JNlHfv IHBHzgFgNH6RMmx KSeH2qMC2JNlHDA L5EH2qJNlEbHFZu NyWH2qEXPE7kAYS OX4OJcEOQNSYH6o PGFMC2CX7PkFNp8 PkFKAvH2qMC2BqW PkFNwKH2qMC2Ap9
deprecated-keyword invalid-ip missing-argument:BWMH2qMC2JNlFtI D7hHSwAU5 HSwF3YLTzMFkH9u HSwI0EEOQAqQIjO MnDBWMH2qMC2EUB PQIL6OEQtHSwI0E
deprecated-keyword missing-block-brace unbalanced-brace:KW9H2qMC2JNlNJl
deprecated-keyword weighted-track-on-owner:BW4DNrP2pPsEL6O
dns-check-type:KZ1DDfOJcKZJOFq
dns-check-type extra-argument:ATMDLWK82KBqGl-
dr-port-mismatch:DR7GlCGlCH2dOE2 GvODR7HhGCVmFG2 GvOHhGCVmFG2OVI M2PGaCHhGCVmFG2
duplicate-block-name:DCGEOQLsc GV6KbANPSNIUBGq L7CMbgEE1EOQLsc L7CNIUEOQLsc
duplicate-directive:AVPK2POJcEOQNSY AVPNXaAU5EOQAqQ B26LtjLoICPWKuH BF4C3a BF4CxwNi0Gl- BF4EXPGl- BF4GluGl- BF4LKTGl- BF4LgJNi0Gl- BF4NIUNi0Gl- BF4NJlGl- BF4OhIGl- BF4PqHAqQN75PIj CEfOZ-EOQMEkAph DCGMEtBF4 DHHK2POJcEOQNSY Dq9E-UEOQAqQGl- E-UEOQAqQ EBCE-UEOQAqQGl- EDKFIUEOQAqQGl- EE1FR6EOQMbgEE1 EOQAqQGl- EYjL7CNIUNSYH6o EYjOJcEOQNSYH6o EdVEOQAqQC9jGl- FCAAU5EOQAqQGl- FCAKBqEOQAqQGl- FCANXaEOQAqQGl- FIUEOQAqQGl- G1QNXaEOQAqQH6o GwxLtjEUxGlCPfi HKGEOQAqQGl- HoNEOQAqQGl- Hy5MEkATIKm1CFM JCpE-UEOQAqQGl- JNtE-UEOQAqQGl- KZ1DDfEOQAqQGl- KxRE-UEOQAqQGl- Kz5MEtBF4 L6ONL6KaDKm1CFM L7CEE1JCpE-UEOQ L7CEE1JNtE-UEOQ L7CEE1KxRE-UEOQ L7CEE1MGjE-UEOQ L7CEE1N5RE-UEOQ LkBE-UEOQAqQGl- M4AEOQAqQGl- M4ZEOQMEkBcBNGT M4ZEOQMEkBcBP2p M5bEOQAqQ MGjE-UEOQAqQGl- N5RE-UEOQAqQGl- NGTEOQMEkBcBNGT NPSEOQAqQ Nf3CvGEOQAAU Nf3NPSEOQAqQH6o OecE-UEOQAqQGl- P2pEOQMEkBcBP2p PWpE-UEOQAqQGl-
duplicate-directive fractional-advert-int-v2:FmGC1ILPCHuXClF
duplicate-directive invalid-enum:PzMLtjLoIL7eKuH
duplicate-directive missing-argument:BF4N-VPIj
duplicate-real-server:LKHIqPKzBH8lCvG
duplicate-vip:DuiJMGDuiGl- DuiJMGLPCFZCDui
duplicate-vrid:AQjJNlKJLE7kNXa BF4KJLKqAPIjKJL
empty-block:GvOEE1KZJEE1FZu GvOKZJAKDFZu GvOKZJEdVJOkFZu GvOMbgEE1KZJFZu
empty-block nopreempt-with-master-state:NxkPtoGD7Lx7OZa
empty-block sync-group-member-in-two-groups sync-group-unknown-member:MbgEE1OJcBsfKzB
endless-definition:MbRIzYCzjDS7H3J Ni0DHZKOBM2PGZ8 Ni0DHZMyQGZ8BRp
equal-priority:HW-Ic3A9ZIbdMNA
extra-argument:AQjHCCE_BPXePXe ATMBcBP2pMXCHx1 ATMHx1AqQC9jEYj ATMHx1AqQC9jMgG AVPFABB2_HSwBCM AVPNXaDDfEOQAqQ BcBP2pMXCJGUMEt C0eGl-LV5O2r D7hOSjCRiGl- D7hOSjIuvGl- D7hOSjNs4Gl- FABG41GZ8C9jBNJ FCANXaDDfFABB2_ FZuOJcLV5GZ8 FoxD1sNxkL8JKzB G41GZ8EhjISsM9O I0ECSAJoVGanEQt I0EOJcCSAJoV MEkHCCPr8DS_DS_ MgGDHZEKtHXRKPI P2pMXCC9KJLPPYO PHoJNlBtREYj PYOLV5BCMEKtB8k
extra-argument invalid-boolean:D7hFGGAqQ
extra-argument invalid-enum:ATMAU5FY0 ATMP6dGl-
extra-argument invalid-number missing-argument out-of-range:D7hBBX
extra-argument missing-argument:AqQCIRMbYGl- AwyLTzHSwLV5GZ8 BS5DHZL8JMbY BcBP2pP2pDDfLTz C0eLTzGl- CEfKbACEfOZ-DDf CMqH1-AL2LTz CN4D7h D7hGl- DHZIpNKZJMmx DHZMmx DHZOjm DJJKB5EyDLPCF3Y EDKDktJi_AiqDE4 EYjDHZNXa GaCAwyHSwLV5GZ8 GaCH1-AL2LTz Jk_AYgPY1DDfNpp L71AL2DDfLTz LTzCQZDDf LTzF1nOjm LTzL71AL2DDf MbpLTzGl- MlwLTzGl- Nf3HSwG41JdqFgN OitDHZGH0DS7Hh8 PFXDHZNXaDDf PqHHSwFABG41GM8
extra-argument missing-interface missing-virtual-router-id:JBVAYgPY1DDf
extra-argument missing-virtual-router-id sync-group-single-member:BsfDumMbgJz5AYs
fwmark-ha-suspend fwmark-port-ignored fwmark-with-protocol:JNlBN3E-5FxFBN3
fwmark-port-ignored:NmbDR7GlCH2dOE2 NmbGlCGlCH2dOE2
fwmark-port-ignored fwmark-with-protocol:GvODR7OJcGlCFxF GvONmbGaCGlCFxF P6dNmbP6dH2dOE2
host-bits-set-in-range:AU5KIeI0bKZJNpp
http-check-without-url:IHBHzgFgNOJcEsC
hysteresis-not-below-quorum quorum-exceeds-weight:CMqH5nISpMjRH5n ISpCzjJYtHRWE4d
include-not-found:A3MEU4H53PHj A3MFlqP2p GV6P2pBeXDo3Npp KbAHnFEU4F7rKV4 P2pKG_IpNIKlP2p
incomplete-block:BCrBcBEE1H_yKzB DDfOJcNSYObnNpp GV6KbANPSMEkD8m Ie9OJcA3MNJlAqQ
interface-name-too-long:D7hDZIHZZAphKJL D7hEYjEE1Gl- D7hEYjGlCGl- D7hEYjP9wGl- D7hEYjPkTGl- EYjNXaDDfFABB2_ G1QNXaDDfFABB2_ MC2PkFF3YMd7DZI NXaDDfFABB2_Gl- NXaDDfMEtFABB2_
interface-name-too-long missing-argument:BCrDCGFc-ELlK_T BCrPY1EE1Fc-Nrx
interval-too-long sync-group-single-member sync-group-weighted-member-track:DNrE-UPIjEEnPsE
invalid-boolean:D7hAqQ D7hB2PFSh D7hBJ3Hx1 D7hDAgFSh D7hDUxAqQ D7hE-qFSh D7hGtGFSh D7hJBVNNGFSh D7hJGUC9jBtRAqQ D7hJGUC9jDbiAqQ D7hJGUC9jGgtAqQ D7hJGUC9jGtdAqQ D7hJGUC9jMGhAqQ D7hJGUC9jNoMAqQ D7hJv8NNGFSh D7hKTNNNGFSh D7hKnSNNGFSh D7hLf2FSh D7hMsBAqQ D7hNDYAqQ D7hPE-AqQ GV6KbANPSNIUIpe JGUC9jBtRB7cAqQ JGUC9jBtRCLaAqQ JGUC9jBtRDUrAqQ JGUC9jBtREBWAqQ JGUC9jBtRFXSAqQ JGUC9jBtRFnpAqQ JGUC9jBtRFvtAqQ JGUC9jBtRGl2AqQ JGUC9jBtRGzgAqQ JGUC9jBtRIM5AqQ JGUC9jBtRIqgAqQ JGUC9jBtRKvoAqQ JGUC9jBtRNNGAqQ JGUC9jBtRNmyAqQ JGUC9jBtROZnAqQ JGUC9jMbgEE1Dbi
invalid-enum:ATMAvhAx8Gl- ATMFVWHx1 ATMJCaKBq ATML0OKBq ATMPA1KBqC9jH1- ATMPCyKBqGl- BF4PCyAqQGl- D7hBeHKBqGl- D7hF1nOjm D7hHHMGl- D7hPA1Hx1C9jH1- DJJE3DMrjDh1BRp DJJK54MbYHSwLtL D_zATMFkfFx1H1- EVvMEtD7h GGuMEtBRpKkNBQf JGULU7Jei JeHLU7Dkt
invalid-enum invalid-number:GV6KbANPSNIUHx1 MbZATMM4ZHx1 NJlATMM4ZHx1 ORVATMM4ZHx1
invalid-enum invalid-number unknown-keyword:ATMBcBP2pM4ZHx1
invalid-enum missing-argument:A3MM4ZC9jBcBNGT A3MM4ZC9jBcBP2p ATMJOoKBq BcBP2pM4ZLTz D7hJOoMFkDL1 D7hJOoMFkKm_ HCCLTz JOoF3YJGUMEtD7h LTzJOoKBq
invalid-enum missing-argument out-of-range:GGuJGUAqQC9jI0E
invalid-enum missing-forwarding-method:BzvFx1MEkMjlP9C
invalid-enum out-of-range:D7hHCC
invalid-ip:CMqH1-EE1MFkNpp CMqH1-MFkAU5Npp CbjLU7N-RNpp D7hBydAU5Gl- D7hLdcAU5 D7hLeEAU5Gl- D7hPYOB8kNpp DR7H1-MFkAU5Npp EE1PYOB8kFABGZk GV6KbALdQAKjLdc GV6KbANIULdQDL1 GV6KbANPSLdQDIX GV6KbANPSNIULdQ KfUMEtLU7BQfNpp KfUMEtLU7N-RNpp KfUPnoAuyPtLN-R L7CHdRMFkNppMFk LdQAxBL5WAU5Npp MkRADXKfUNpp NmbFY0ATMGl- PYOB8kFtRLkCGH0 PYOB8kHbTLkCGH0 PYOCFGLoIFG2Npp
invalid-ip invalid-prefix:AU5K2PO1mAU5H3J
invalid-ip misplaced-keyword:GgZEOQAqQGl- LDdMNiJdqAYSIc3
invalid-ip missing-argument:D7hI0EBW4AU5 D7hI0EDL1AU5 D7hI0EEUBAU5 D7hLz9AphAU5 D7hLz9BW4AU5 H6oAphC9jHI1BRp H6oAphP9CLU7Dkt L6OGsDLdcMV4GsD L6OK2PPpuAt6Ldc L7CNsxKkYGsDDui LdcEEDLdcOJcNSY NsxKkYGsDAYSMQu
invalid-ip missing-argument unknown-keyword:I0EAYgPY1NZh
invalid-ip missing-vip:DuiEKtHXRKPIJLP
invalid-ip mixed-family-vips strict-conflicts:DuiEKtHXRKPIAKs
invalid-ip unknown-keyword:ATMI0EPkF
invalid-number:ATMAa_IL6 AVPD7hOiLAU5 AVPD7hOiLAU5OE2 AVPOiLAU5MEtN-R AVPOiLMOHAphJsi AtZPr8D7h CMqH1-NmbAYgDum D7hAa_HZS D7hAa_JGU D7hAxpC9jI0E D7hC4eC9jOK4H9u D7hC9_ D7hGaCMbYOvu D7hGt2 D7hHI1AU5C9jH9u D7hJaKC9jI0E D7hLooAqQ D7hLz9NmbAqQ D7hPG5PYO EYjEE1AU5LU7N-R EfoIcfA3MPOjDkt F3YJGUC9jBQfH9u GP-HL5C9jML9D-0 GP-HL5C9jML9ESq Gt2FABG41JJEC8s GwxPA1GlCC9jH1- JGUCzjK1zOVI JGUFKhLF2Fh_OVI KJLLU7KkNAYgKOB LgGJGUAqQC9jI0E NGTGaCMbYHftD7h NmbAYgJirDumGl- P9wLU7KkNMFkH9u PkNMEtBRpKkNBQf
invalid-number missing-argument:D7hE7mAqQ D7hEwKPYO ML9ESqDHZESq
invalid-number missing-argument out-of-range:BavJGUAqQC9jI0E C-dJGUAqQC9jI0E CZ8JGUAqQC9jI0E D7hE_BAqQC9jI0E D7hEbvAqQC9jI0E D7hGxAAqQ D7hIfKAqQC9jI0E D7hIquAqQC9jI0E D7hLz9ISWAqQ D7hLz9ISWPpFLoo D7hP6d D7hPA1F3YAqQ DNrFc-P6dGNqP6d GeGJGUAqQC9jI0E ISWJ9RBFBIAkJoD IfKAqQC9jMFkH9u JF_JGUAqQC9jI0E KA2JGUAqQC9jI0E Lz9PpFLooCIRISW OghJGUAqQC9jI0E OitD7hDS7JGU OitD7hGH0JGU PgEJGUAqQC9jI0E PkNMbYAqQC9jI0E
invalid-number out-of-range:A09D7hGl- AJvLU7KkNAYgKOB BS5AYgJirDumGl- Bb5D7hGl- CEfHbdLKHLx7Eul CMqH1-C_LD7hGl- CMqH1-EThD7hGl- CMqH1-L8JJWED7h CMqH1-L8JMd7HDA CMqH1-M4ZC9KPYO D7hACoGl- D7hC0zGl- D7hC_LKZgJGU D7hEDKFIUEwHHft D7hEDKFIUMNiHft D7hFIUMNiHft D7hFgNHAQ D7hGic D7hHDAKZgJGU D7hJTiOjm D7hJbQ D7hJv8BX8Gl- D7hJv8PxCGl- D7hKNjAqQ D7hKSeJGU D7hLANKZgJGU D7hLdd D7hNmbKZgJGU D7hPl6 DJJN8RAYgKOBM2P Dd_D7hGl- ER4DumHSwAphEGO EThD7hGl- EdVB0QD7h EdVOozD7h FHLD7hGl- GK2D7hGl- GV6KbANPSNIUAoG GV6KbANPSNIUDLg GV6KbANPSNIUHSf GV6KbANPSNIUIrq GV6KbANPSNIUJiK GV6KbANPSNIUKkN GV6KbANPSP9wIfK GaCH1-C_LD7hGl- GaCH1-EThD7hGl- GaCH1-H9_D7hGl- GaCH1-LAND7hGl- GaCH1-M4ZC9KPYO H5nAYgJirDumGl- H9_MEtD7hGl- HDAJGUD7h HftKkNKOBH3JMjl ISpAYgDumMjRAph ISpMbZAYgKOBCsa ItUD7hGl- JpfD7h KMNMbZAYgKOBCsa L2_D7hGl- L7CE-UBR-D7hGl- L7CE-UEulKOBM2P L7CE-UGXLHZZAph L7CE-UP86HZZAph L7CKbAOjmGmUHSw LX8LU7KkNAYgKOB M4ZBcBP2pDumCsa M4ZMbZAYgKOBCsa ML9IzYLXFKkNKOB N_pMEtD7h Np8JnFKkNAYgKOB NqZMEtD7h ORVM4ZAYgJirDum OjmAYgJirGmUHSw OvAAYgJirDumGl- P9wLU7KkNAYgKOB PNSD7hGl- PXeEulLU7KkNAYg
invalid-prefix:D7hBQfBKoAqQ D7hCKDNpp
invalid-sequence:D7hE4XIpT D7hMKbHh8 D7hMKbIpT D7hMKbNi0 E4XIpTFABG41Hh8 MKbFShMEtIu5Ni0 MKbFShMVjFABB2_ On7BRpKkNET3Dm6
invalid-state:ATMErHHZZAphJRw ErHEZTH6oHW-JRw
invisible-character sync-group-single-member:MbgEE1OJcH_yKzB
ipv6-first-vip-not-link-local:AYSJDAPnoAuyPtL L6OE3BBQfMV4E3B L6OOFqBQfMV4OFq
ipv6-first-vip-not-link-local vip-dropped-by-strict:AYSJDADuiAuyPtL
ipv6-with-version-2:JNlL7COjmMjROjm Kx3MNKBGqPUAOjm
line-not-read:N_TPY1MD0CiuAH8
line-not-read unknown-keyword:AH8FABB2_Gl-
link-local-needs-bind-if:FgNAuyPtLDHZCJa
master-without-priority:PY1JjdBcBE-UHft
misplaced-keyword:MeiJz7EOQAqQN75
misplaced-keyword missing-real-server real-server-family-mismatch:CMqH1-OJcGaCHRW
missing-argument:A3MD6KEubFgNE-U A3ME-UFsWAqQ A3MFShAqQC9j A3MHoNDDfAqQ A3MJGUC9jEYjEE1 A3MJGUC9jEYjGlC A3MJGUC9jEYjP9w A3MJGUC9jEYjPkT A3MJGUC9jOSjCRi A3MJGUC9jOSjIuv A3MJGUC9jOSjNs4 A3MM4AAqQ A3MNGTGaCMbYHft A3MNGTHftAqQ AH8MspEKtINlN1F AH8MspGanINlN1F AtZPr8LTz DCGAYgPY1DDfNpp E-ULTz E-UMmxNSYAZkNpp EYjF3YHZZAphKJL GLqCmyIpNNFDOqb IczG0iDDfLTz LOPLRtGgzPlvEIf LOPPpFLRtGgzPlv LTzAU5C9jHI1H9u LTzC4eC9jOK4H9u LTzGlCH1-GwxPA1 LTzPA1KBqC9jH1- LgJDDfLTzGl- M4ZCIRJGUBcBE-U M4ZCIRJGUBcBNGT M4ZCIRJGUBcBNPS M4ZCIRJGUBcBP2p M4ZCIRJGUC9jEXP MEtLTzJGU MeiLTz NFDMEtLU7KkN NFDPQIJirEIfCcv NGTDDfLTz NIUDDfLTzGl- Pq3DHZJGU
missing-block-brace:EKtB9RFVcGV6FZu
missing-forwarding-method missing-scheduler:CMqJEDMEkMjRMjl
missing-interface:AKjPt7PY1P0-HSw ATMNXa PQIJNlAVPFc-NXa
missing-interface missing-vip missing-virtual-router-id:AYSCMqBsfF3YMEk
missing-protocol:CMqP6dMEkHZZNs4
mixed-family-vips:FY0AYgFG2L7CNIU PQIL6OL-wBQfMV4
nopreempt-with-master-state:Ek1In4DbGErHHW-
nopreempt-with-priority-255 preempt-delay-with-master-state weighted-track-on-owner:Ek1ChbHftOVIEk1 Gl-DNrNXaPsEAph I8gL8JIn4DbGErH
notify-fifo-name-clash:CnLIPTCnLIPTCnL IPTCnLCnLInRIPT N5RCnLNSYCnLCnL
option-without-partner:BCrPY1DCGFc-NXa OSABzvATICIROSA OSAKIgATIMd7OSA
out-of-range:A09FtRLkCMjRAph AoGCzjP9wIfKIfK BcBE-UM4ZKOBCsa D7hFI2JGU D7hFgNOpb D7hL71M2kJXF D7hM4ZAqQC9jI0E D7hNGTHftAqQ DJJCKYKOBM2PKtc DJJKB5F3YKOBM2P Dd_FtRLkCMjRAph FABB2_K1zLXFBCM GK2FtRLkCMjRAph Gt2C9KHtyHuXPYO Gt2C9KHtyIL6PYO Gt2C9KHtyJJEPYO Gt2C9KHuXPYO Gt2C9KPYOLVrLVr Gt2C9KPYOMjgMjg HipGt2 ISpMEtFtRLkCKMN IT8FABB2_CFI KMNMEtHbTLkCISp L2_FtRLkCMjRAph L7CBR-FtRLkCMjR L7CEulFtRLkCMjR L8JMbZAYgKOBCsa M4ZAYgJirKOBCsa M4ZBcBNGTDumCsa M4ZBcBNPSDumCsa M4ZNJlAYgKOBCsa M4ZPQIJirMjRAph ML9DS7LXFKkNKOB ML9EYWBkFMjSJk- NGTKm1LkCBCMCFI NGTMbYFtRK1zK1z NGTMbYHbTLF2LF2 NvkFtRLkCMjRAph OElD7h OFqPOjK1zLXFKzB Pq3AYgJirDumGl-
out-of-range unknown-keyword:K2PLXFFABB2_GsD
out-of-range zero-garp-interval:Gt2C9KPYO
peer-advert-int-mismatch:C1IDW2Fh_Fh_Ji_ J09JM_E6UEZfE6U MNACvCE6UEZfCvC PX5Fh_AG9BGqFh_
peer-auth-mismatch:DYeD1wBW4Iqu DYeLPCD7hBeBBW4
peer-cast-mismatch:KnyLi2CbOLi2CbO
peer-version-mismatch:MlTOjmBW4DYeP2C
peer-vip-set-mismatch:Jo9KJLAJsPXeBW4 KnyGw5A9ZDYe
policy-rule-refused:A3MOqbAqQC9jLz9
preempt-delay-with-nopreempt:AJvChbEk1Ax8OVI
real-server-family-mismatch:FY0FVcGaCCVmFG2
real-server-family-mismatch zero-port-needs-persistence:PY1NmbCIRFY0KzB
scheduler-flag-mismatch:BRpOqBAphDAMJED KPICbOACxNs4OVI
script-args-unquoted:D7hD6KEE1C9jE-U
script-args-unquoted script-user-root:E-UD6KD1sLU7AYs
script-not-found:E-UPQIJirM8n OvgAphNvNE-UD8m
self-track-interface:Gl-EXPByrAqqNXa
setting-without-effect:AVPFCAAKjFxFAfI AfIDuiPBUL7CNIU D1gByrHftMEtLU7 G1QMkRBRpPIjFxF HKBBRpKkNPIjAVP JNlC-ICIRAKjPto LChMEtBmgMEkL-w MsBPIjHftDHZD1g N9qDHZEk1OVI POhM2PAfIDuiPBU PQIJNlLUoJCaBQf
setting-without-effect unicast-without-src-ip:N-RNZhAqQPIjAKj
smtp-check-helo-duplicate:IczG0iDDfEOQAqQ
sorry-server-family:FVcDR7CVmFG2DR7
sorry-server-is-real-server:N56KIgFuyDESE7k
strict-conflicts:AJvChbBG8Ax8OVI BG8Ax8HGxDKrOVI BG8Ax8HGxFoxL8J BG8Ax8LGnPXeOVI BG8Ax8NDYE5MOVI Pl6ChbBG8Ax8OVI
strict-conflicts vip-dropped-by-strict:BG8Ax8D1sCPWJCa ErHHW-FG2GFLLmz FGMChbBG8Ax8OVI HtXBG8ChbFxFHtX L6OOiLBG8Ax8FxF
sync-group-member-in-two-groups:BsfAYsKm1KPIMbg
sync-group-member-in-two-groups sync-group-single-member:FlqBsfB9gE1wKzB
sync-group-mixed-owner:O8QLmzO8QLmzNjH
sync-group-single-member sync-group-weighted-member-track unknown-keyword:J9RECoBFBIAkJoD
too-many-vips:NfWJRlOReB5BO2S
track-file-missing:A3MP2pMEkC9jNJl
track-interface-unknown:DNrNXaJz5AYs
unbalanced-brace:G22HQiLTzHSwLV5 LV5B9g
undefined-track-bfd:BcBNPSLU7B9gGl- NPSDDfFABB2_
undefined-track-process:BcBNGTLU7B9gGl-
undefined-track-script:BcBE-ULU7B9gGl-
unicast-family-mismatch:AxBL5WFG2NIUFY0 DL1FVcAYSIc3FY0 FCAD1sFG2Ex4ErH
unicast-peer-min-ttl-gt-max:HxqE0FFjhGMCIsn
unknown-keyword:ATMBcBE-UHx1Gl- ATMBcBNGTHx1Gl- ATMBcBNPSHx1Gl- ATMBcBNPSM4ZHx1 ATMBcBP2pHx1Gl- ATMC3aHx1 ATMEXPHx1Gl- ATMGV6B1QMFkAU5 ATMLKTM4ZHx1Gl- ATMLz9Hx1 ATMONNM4ZHx1Gl- ATMOhIM4ZHx1Gl- ATMPkF AfIAU5DHZLPCNXa BQfJ09C9jFtI D7hFtIAU5 D7hLz9Oqb HZzAqQC9jBQfI0E HZzAqQC9jBQfLz9 I3tGl- PQIL6OEIfEWIOqb
unterminated-quote:AHAMlf CkyDDfLTzGl- HL5LTzFc0 MKbLTzFc0 NzhMlf
unused-vrrp-script:GvOE-UMEtLU7ATI
vip-dropped-by-strict:HYNOjmD1sPTmJsi
virtual-interface-hint:CPWN-RAKjPtoD8m
virtual-server-not-a-vip:CMqEE1OJcO2rKzB
vmac-unicast-needs-xmit-base:AKjAfIDHZHKBMjR
vrrp-script-without-script:A3ME-UMEkORVKzB BcBNGTNGTDDfLU7
weighted-track-on-owner:BcBP2pLU7B9gGl- DNrNPSPIjM4ZPsE DNrP2pPIjM4ZPsE PY1JjdMsmAewFxF PY1JjdMsmAewHft PY1JjdNGTMsmAew
zero-garp-interval:AO2MEtD7h CHjMEtD7h
zero-port-needs-persistence:GwMGlCBRpGNiEdf`;
