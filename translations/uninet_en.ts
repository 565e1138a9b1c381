<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
 <context>
  <name>uninet::AttackPanel</name>
  <message numerus="yes">
   <source>%Ln iteration(s) in %1 s.</source>
   <translation>
    <numerusform>%Ln iteration in %1 s.</numerusform>
    <numerusform>%Ln iterations in %1 s.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>uninet::DataPanel</name>
  <message numerus="yes">
   <source>&lt;b&gt;%1&lt;/b&gt;, %Ln image(s)%2</source>
   <translation>
    <numerusform>&lt;b&gt;%1&lt;/b&gt;, %Ln image%2</numerusform>
    <numerusform>&lt;b&gt;%1&lt;/b&gt;, %Ln images%2</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>uninet::SplitResults</name>
  <message numerus="yes">
   <source> %Ln attack(s) were skipped, see the log.</source>
   <translation>
    <numerusform> %Ln attack was skipped, see the log.</numerusform>
    <numerusform> %Ln attacks were skipped, see the log.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%1 on %Ln image(s)</source>
   <translation>
    <numerusform>%1 on %Ln image</numerusform>
    <numerusform>%1 on %Ln images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>uninet::MessageBar</name>
  <message numerus="yes">
   <source>and %Ln more</source>
   <translation>
    <numerusform>and %Ln more</numerusform>
    <numerusform>and %Ln more</numerusform>
   </translation>
  </message>
 </context>
</TS>
