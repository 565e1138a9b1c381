<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
 <context>
  <name>uninet::AttackPanel</name>
  <message numerus="yes">
   <source>%n iteration(s) in %1 s.</source>
   <translation>
    <numerusform>%n iteration in %1 s.</numerusform>
    <numerusform>%n iterations in %1 s.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>uninet::DataPanel</name>
  <message numerus="yes">
   <source>&lt;b&gt;%1&lt;/b&gt;, %n image(s)%2</source>
   <translation>
    <numerusform>&lt;b&gt;%1&lt;/b&gt;, %n image%2</numerusform>
    <numerusform>&lt;b&gt;%1&lt;/b&gt;, %n images%2</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>uninet::SplitResults</name>
  <message numerus="yes">
   <source> %n attack(s) were skipped, see the log.</source>
   <translation>
    <numerusform> %n attack was skipped, see the log.</numerusform>
    <numerusform> %n attacks were skipped, see the log.</numerusform>
   </translation>
  </message>
 </context>
</TS>
