<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
 <name>uninet</name>
 <message>
  <source>Detection</source>
  <translation>目标检测</translation>
 </message>
 <message>
  <source>Semantic segmentation</source>
  <translation>语义分割</translation>
 </message>
 <message>
  <source>Instance segmentation</source>
  <translation>实例分割</translation>
 </message>
 <message>
  <source>Depth</source>
  <translation>深度</translation>
 </message>
 <message>
  <source>Instance depth</source>
  <translation>实例深度</translation>
 </message>
 <message>
  <source>PGD</source>
  <translation>PGD</translation>
 </message>
 <message>
  <source>FGSM</source>
  <translation>FGSM</translation>
 </message>
 <message>
  <source>Uniform noise</source>
  <translation>均匀噪声</translation>
 </message>
 <message>
  <source>Random signs</source>
  <translation>随机符号</translation>
 </message>
 <message>
  <source>Projected gradient ascent on a loss (paper §4.1).</source>
  <translation>沿某一损失的投影梯度上升（论文 §4.1）。</translation>
 </message>
 <message>
  <source>One step of length epsilon along the sign of the gradient.</source>
  <translation>沿梯度符号方向走一步，步长为 ε。</translation>
 </message>
 <message>
  <source>Control without gradient: uniform in the ball.</source>
  <translation>不使用梯度的对照：在范数球内均匀采样。</translation>
 </message>
 <message>
  <source>Control without gradient: random signs at the ball&apos;s surface.</source>
  <translation>不使用梯度的对照：在范数球表面取随机符号。</translation>
 </message>
 <message>
  <source>Classification</source>
  <translation>分类</translation>
 </message>
 <message>
  <source>Box regression</source>
  <translation>边框回归</translation>
 </message>
 <message>
  <source>Semantic contours</source>
  <translation>语义轮廓</translation>
 </message>
 <message>
  <source>Surface normals</source>
  <translation>表面法线</translation>
 </message>
 <message>
  <source>Centreness</source>
  <translation>中心度</translation>
 </message>
 <message>
  <source>Segmentation</source>
  <translation>语义分割</translation>
 </message>
 <message>
  <source>Instance masks</source>
  <translation>实例掩码</translation>
 </message>
 <message>
  <source>Semantic</source>
  <translation>语义</translation>
 </message>
 <message>
  <source>Geometric</source>
  <translation>几何</translation>
 </message>
 <message>
  <source>Multi-task</source>
  <translation>多任务</translation>
 </message>
 <message>
  <source>Custom</source>
  <translation>自定义</translation>
 </message>
 <message>
  <source>Objective</source>
  <translation>目标函数</translation>
 </message>
 <message>
  <source>Custom losses</source>
  <translation>自定义损失</translation>
 </message>
 <message>
  <source>Custom combination</source>
  <translation>自定义组合方式</translation>
 </message>
 <message>
  <source>Norm</source>
  <translation>范数</translation>
 </message>
 <message>
  <source>Seed</source>
  <translation>随机种子</translation>
 </message>
 <message>
  <source>Step size</source>
  <translation>步长</translation>
 </message>
 <message>
  <source>Random start</source>
  <translation>随机起点</translation>
 </message>
 <message>
  <source>Restarts</source>
  <translation>重启次数</translation>
 </message>
 <message>
  <source>Momentum</source>
  <translation>动量</translation>
 </message>
 <message>
  <source>Keep</source>
  <translation>保留结果</translation>
 </message>
 <message>
  <source>Early stop</source>
  <translation>提前停止</translation>
 </message>
 <message>
  <source>sum</source>
  <translation>求和</translation>
 </message>
 <message>
  <source>geometric mean, weighted</source>
  <translation>加权几何平均</translation>
 </message>
 <message>
  <source>last iterate</source>
  <translation>最后一次迭代</translation>
 </message>
 <message>
  <source>iterate with the greatest objective</source>
  <translation>目标函数最大的一次迭代</translation>
 </message>
 <message>
  <source>AP box</source>
  <translation>边框 AP</translation>
 </message>
 <message>
  <source>mIoU</source>
  <translation>mIoU</translation>
 </message>
 <message>
  <source>AP mask</source>
  <translation>掩码 AP</translation>
 </message>
 <message>
  <source>RMSE (m)</source>
  <translation>RMSE (m)</translation>
 </message>
 <message>
  <source>smooth l1 (m)</source>
  <translation>平滑 l1 (m)</translation>
 </message>
 <message>
  <source>road</source>
  <translation>道路</translation>
 </message>
 <message>
  <source>sidewalk</source>
  <translation>人行道</translation>
 </message>
 <message>
  <source>building</source>
  <translation>建筑</translation>
 </message>
 <message>
  <source>wall</source>
  <translation>墙</translation>
 </message>
 <message>
  <source>fence</source>
  <translation>围栏</translation>
 </message>
 <message>
  <source>pole</source>
  <translation>杆</translation>
 </message>
 <message>
  <source>traffic light</source>
  <translation>交通灯</translation>
 </message>
 <message>
  <source>traffic sign</source>
  <translation>交通标志</translation>
 </message>
 <message>
  <source>vegetation</source>
  <translation>植被</translation>
 </message>
 <message>
  <source>terrain</source>
  <translation>地面</translation>
 </message>
 <message>
  <source>sky</source>
  <translation>天空</translation>
 </message>
 <message>
  <source>person</source>
  <translation>人</translation>
 </message>
 <message>
  <source>rider</source>
  <translation>骑行者</translation>
 </message>
 <message>
  <source>car</source>
  <translation>汽车</translation>
 </message>
 <message>
  <source>truck</source>
  <translation>卡车</translation>
 </message>
 <message>
  <source>bus</source>
  <translation>公交车</translation>
 </message>
 <message>
  <source>train</source>
  <translation>列车</translation>
 </message>
 <message>
  <source>motorcycle</source>
  <translation>摩托车</translation>
 </message>
 <message>
  <source>bicycle</source>
  <translation>自行车</translation>
 </message>
 <message>
  <source>How the size of the perturbation is measured.</source>
  <translation>扰动大小的度量方式。</translation>
 </message>
 <message>
  <source>Fixes what is drawn at random.</source>
  <translation>决定一切随机抽取的结果。</translation>
 </message>
 <message>
  <source>Hide from segmentation</source>
  <translation>在分割中隐藏</translation>
 </message>
 <message>
  <source>Hide from depth</source>
  <translation>在深度中隐藏</translation>
 </message>
 <message>
  <source>DAG swap, detection</source>
  <translation>DAG 互换，目标检测</translation>
 </message>
 <message>
  <source>DAG swap, segmentation</source>
  <translation>DAG 互换，语义分割</translation>
 </message>
 <message>
  <source>DAG, untargeted</source>
  <translation>DAG，无目标</translation>
 </message>
 <message>
  <source>Fills a category in the predicted label map and descends to that map (paper §4.3).</source>
  <translation>在预测的类别图中填补某一类别，再朝该图做梯度下降（论文 §4.3）。</translation>
 </message>
 <message>
  <source>Fills a category in the predicted depth map and descends to that map (paper §4.3).</source>
  <translation>在预测的深度图中填补某一类别，再朝该图做梯度下降（论文 §4.3）。</translation>
 </message>
 <message>
  <source>Dense adversary that swaps two classes at all locations of the detection head (paper §4.2).</source>
  <translation>稠密对抗攻击：在检测头的所有位置互换两个类别（论文 §4.2）。</translation>
 </message>
 <message>
  <source>Dense adversary that swaps two classes at all pixels of the segmentation head.</source>
  <translation>稠密对抗攻击：在分割头的所有像素互换两个类别。</translation>
 </message>
 <message>
  <source>The original dense adversary: each class is driven to another one drawn at random.</source>
  <translation>原始的稠密对抗攻击：把每个类别推向随机抽取的另一类别。</translation>
 </message>
 <message>
  <source>Category</source>
  <translation>类别</translation>
 </message>
 <message>
  <source>The class whose predicted pixels take the value of the nearest other pixel.</source>
  <translation>该类别的预测像素取最近的其他像素的值。</translation>
 </message>
 <message>
  <source>Class</source>
  <translation>类别</translation>
 </message>
 <message>
  <source>With class</source>
  <translation>互换对象</translation>
 </message>
 <message>
  <source>The class that is swapped …</source>
  <translation>要互换的类别……</translation>
 </message>
 <message>
  <source>… with this one.</source>
  <translation>……与此类别互换。</translation>
 </message>
 <message>
  <source>Candidate threshold</source>
  <translation>候选阈值</translation>
 </message>
 <message>
  <source>Class probability from which a location of the clean prediction is a target although no object is assigned to it.</source>
  <translation>类别概率达到此值时，攻击前预测中的位置即使没有分配到物体也作为攻击目标。</translation>
 </message>
 <message>
  <source>Head</source>
  <translation>预测头</translation>
 </message>
 <message>
  <source>Whose classes are driven away.</source>
  <translation>要把哪个预测头的类别推开。</translation>
 </message>
 <message>
  <source>Largest change of a value in one step, in 8-bit pixel values.</source>
  <translation>每步中单个像素值的最大变化量，以 8 位像素值计。</translation>
 </message>
 <message>
  <source>At most; the attack ends when no target is left.</source>
  <translation>迭代次数上限；没有剩余攻击目标时攻击提前结束。</translation>
 </message>
 <message>
  <source>PGD on the multi-task, semantic and geometric losses, epsilon 1, and controls</source>
  <translation>以多任务、语义和几何损失进行 PGD，ε 为 1，并含对照</translation>
 </message>
 <message>
  <source>PGD on each of the seven losses and the multi-task loss, epsilon 1</source>
  <translation>以七种损失及多任务损失分别进行 PGD，ε 为 1</translation>
 </message>
 <message>
  <source>hiding people from segmentation and from depth, epsilon 2 (Figure 4, Table 3)</source>
  <translation>在分割和深度中隐藏行人，ε 为 2（图 4、表 3）</translation>
 </message>
 <message>
  <source>swapping person and car in detection (Figures 5 and 6)</source>
  <translation>在目标检测中互换人与汽车（图 5、图 6）</translation>
 </message>
 <message>
  <source>drift and activation patching under both hiding attacks (paper 5.5.1)</source>
  <translation>两种隐藏攻击下的漂移与激活修补（论文 5.5.1）</translation>
 </message>
 <message>
  <source>all ten objectives and the gradients of the seven losses</source>
  <translation>全部十个目标函数以及七种损失的梯度</translation>
 </message>
 <message>
  <source>multi-task, semantic and geometric losses at epsilon 0.25 to 32</source>
  <translation>多任务、语义和几何损失，ε 从 0.25 到 32</translation>
 </message>
 <message>
  <source>all of these but epsilon, in one file</source>
  <translation>除强度 ε 外的以上全部内容，写入同一文件</translation>
 </message>
 <message>
  <source>Comma-separated losses of the custom objective: cls, reg, cent, is, id, seg, depth; of networks that have them also sem_cont, sur_nor and earlier predictions such as initial_depth or scale_2.segment.</source>
  <translation>自定义目标函数的各项损失，以逗号分隔：cls、reg、cent、is、id、seg、depth；若网络具备，还可用 sem_cont、sur_nor 以及中间预测，例如 initial_depth 或 scale_2.segment。</translation>
 </message>
 <message>
  <source>DAG, untargeted, detection</source>
  <translation>DAG，无目标，目标检测</translation>
 </message>
 <message>
  <source>DAG, untargeted, segmentation</source>
  <translation>DAG，无目标，语义分割</translation>
 </message>
 <message>
  <source>Figure 3a · geometric</source>
  <translation>图 3a · 几何</translation>
 </message>
 <message>
  <source>Figure 3a · multi-task</source>
  <translation>图 3a · 多任务</translation>
 </message>
 <message>
  <source>Figure 3a · semantic</source>
  <translation>图 3a · 语义</translation>
 </message>
 <message>
  <source>Figure 3b · box regression</source>
  <translation>图 3b · 边框回归</translation>
 </message>
 <message>
  <source>Figure 3b · centreness</source>
  <translation>图 3b · 中心度</translation>
 </message>
 <message>
  <source>Figure 3b · classification</source>
  <translation>图 3b · 分类</translation>
 </message>
 <message>
  <source>Figure 3b · depth</source>
  <translation>图 3b · 深度</translation>
 </message>
 <message>
  <source>Figure 3b · instance depth</source>
  <translation>图 3b · 实例深度</translation>
 </message>
 <message>
  <source>Figure 3b · instance masks</source>
  <translation>图 3b · 实例掩码</translation>
 </message>
 <message>
  <source>Figure 3b · segmentation</source>
  <translation>图 3b · 语义分割</translation>
 </message>
 <message>
  <source>Figure 4b · hide people from segmentation</source>
  <translation>图 4b · 在分割中隐藏行人</translation>
 </message>
 <message>
  <source>Figure 4c · hide people from depth</source>
  <translation>图 4c · 在深度中隐藏行人</translation>
 </message>
 <message>
  <source>Figure 6 · swap person and car</source>
  <translation>图 6 · 互换人与汽车</translation>
 </message>
 <message>
  <source>How the losses of the custom objective become one.</source>
  <translation>如何把自定义目标函数的各项损失合为一项。</translation>
 </message>
 <message>
  <source>Largest perturbation, in 8-bit pixel values (2 = 2/255): of each value for l∞, of the whole image for l2.</source>
  <translation>最大扰动，以 8 位像素值计（2 = 2/255）：l∞ 指每个像素值，l2 指整幅图像。</translation>
 </message>
 <message>
  <source>Largest perturbation, in 8-bit pixel values (2 = 2/255): of each value for l∞, of the whole image for l2, and for l1 their sum.</source>
  <translation>最大扰动，以 8 位像素值计（2 = 2/255）：l∞ 指每个像素值，l2 指整幅图像，l1 指其总和。</translation>
 </message>
 <message>
  <source>Length of one step, in 8-bit pixel values; not more than epsilon where epsilon is below 1. In the l1 ball a fifth of epsilon: a step of 1 comes to nothing there.</source>
  <translation>每步的长度，以 8 位像素值计；ε 小于 1 时不超过 ε。l1 球中取 ε 的五分之一：步长 1 在那里不起作用。</translation>
 </message>
 <message>
  <source>Runs from different random starts; the one with the greatest objective is kept.</source>
  <translation>从不同随机起点运行的次数；保留目标函数最大的一次。</translation>
 </message>
 <message>
  <source>Segmentation, epsilon 4</source>
  <translation>语义分割，ε 为 4</translation>
 </message>
 <message>
  <source>Starts at a uniform point of the ball; of the l1 ball at normal noise that is projected.</source>
  <translation>从球内均匀分布的一点开始；l1 球则从投影后的正态噪声开始。</translation>
 </message>
 <message>
  <source>The loss that is raised: one of the seven, or a group of the paper. Losses without a target in the image are left out. SegPGD (Gu et al. 2022) and CosPGD (Agnihotri et al. 2024) weigh the pixels of segmentation or depth anew in each step.</source>
  <translation>要增大的损失：七种损失之一，或论文中的一组损失。图像中没有对应目标的损失不计入。SegPGD（Gu 等，2022）和 CosPGD（Agnihotri 等，2024）在每一步重新为分割或深度的像素赋权。</translation>
 </message>
 <message>
  <source>Which iterate is the result.</source>
  <translation>以哪一次迭代作为结果。</translation>
 </message>
 <message>
  <source>detection</source>
  <translation>目标检测</translation>
 </message>
 <message>
  <source>segmentation</source>
  <translation>语义分割</translation>
 </message>
 <message>
  <source>floor</source>
  <translation>地板</translation>
 </message>
 <message>
  <source>cabinet</source>
  <translation>柜子</translation>
 </message>
 <message>
  <source>bed</source>
  <translation>床</translation>
 </message>
 <message>
  <source>chair</source>
  <translation>椅子</translation>
 </message>
 <message>
  <source>sofa</source>
  <translation>沙发</translation>
 </message>
 <message>
  <source>table</source>
  <translation>桌子</translation>
 </message>
 <message>
  <source>door</source>
  <translation>门</translation>
 </message>
 <message>
  <source>window</source>
  <translation>窗户</translation>
 </message>
 <message>
  <source>bookshelf</source>
  <translation>书架</translation>
 </message>
 <message>
  <source>picture</source>
  <translation>画</translation>
 </message>
 <message>
  <source>counter</source>
  <translation>台面</translation>
 </message>
 <message>
  <source>blinds</source>
  <translation>百叶窗</translation>
 </message>
 <message>
  <source>desk</source>
  <translation>书桌</translation>
 </message>
 <message>
  <source>shelves</source>
  <translation>架子</translation>
 </message>
 <message>
  <source>curtain</source>
  <translation>窗帘</translation>
 </message>
 <message>
  <source>dresser</source>
  <translation>抽屉柜</translation>
 </message>
 <message>
  <source>pillow</source>
  <translation>枕头</translation>
 </message>
 <message>
  <source>mirror</source>
  <translation>镜子</translation>
 </message>
 <message>
  <source>floor mat</source>
  <translation>地垫</translation>
 </message>
 <message>
  <source>clothes</source>
  <translation>衣物</translation>
 </message>
 <message>
  <source>ceiling</source>
  <translation>天花板</translation>
 </message>
 <message>
  <source>books</source>
  <translation>书籍</translation>
 </message>
 <message>
  <source>refridgerator</source>
  <translation>冰箱</translation>
 </message>
 <message>
  <source>television</source>
  <translation>电视</translation>
 </message>
 <message>
  <source>paper</source>
  <translation>纸张</translation>
 </message>
 <message>
  <source>towel</source>
  <translation>毛巾</translation>
 </message>
 <message>
  <source>shower curtain</source>
  <translation>浴帘</translation>
 </message>
 <message>
  <source>box</source>
  <translation>箱子</translation>
 </message>
 <message>
  <source>whiteboard</source>
  <translation>白板</translation>
 </message>
 <message>
  <source>night stand</source>
  <translation>床头柜</translation>
 </message>
 <message>
  <source>toilet</source>
  <translation>马桶</translation>
 </message>
 <message>
  <source>sink</source>
  <translation>水槽</translation>
 </message>
 <message>
  <source>lamp</source>
  <translation>灯</translation>
 </message>
 <message>
  <source>bathtub</source>
  <translation>浴缸</translation>
 </message>
 <message>
  <source>bag</source>
  <translation>包</translation>
 </message>
 <message>
  <source>otherstructure</source>
  <translation>其他结构</translation>
 </message>
 <message>
  <source>otherfurniture</source>
  <translation>其他家具</translation>
 </message>
 <message>
  <source>otherprop</source>
  <translation>其他物品</translation>
 </message>
 <message>
  <source>Decay of the accumulated gradient; 1 in MI-FGSM (Dong et al. 2018).</source>
  <translation>累积梯度的衰减系数；MI-FGSM 中为 1（Dong 等，2018）。</translation>
 </message>
 <message>
  <source>Ends after so many iterations without a new best.</source>
  <translation>经过这么多次迭代仍无更优结果时结束。</translation>
 </message>
 <message>
  <source>Everything in the paper</source>
  <translation>论文全部实验</translation>
 </message>
 <message>
  <source>Figure 3a: combined objectives</source>
  <translation>图 3a：组合目标函数</translation>
 </message>
 <message>
  <source>Figure 3b: single losses</source>
  <translation>图 3b：单项损失</translation>
 </message>
 <message>
  <source>Figure 4b converged: strength 4, 60 steps of ¼.</source>
  <translation>图 4b，运行至收敛：强度 4，60 步，步长 ¼。</translation>
 </message>
 <message>
  <source>Figures 5 and 6: person and car swapped</source>
  <translation>图 5、图 6：互换人与汽车</translation>
 </message>
 <message>
  <source>Hide the people</source>
  <translation>隐藏行人</translation>
 </message>
 <message>
  <source>How often the image is moved; auto: min(epsilon + 4, 1.25 epsilon rounded up), 100 for APGD and in the l1 ball.</source>
  <translation>图像更新的次数；自动：min(ε + 4, 1.25 ε 向上取整)，APGD 和 l1 球中为 100。</translation>
 </message>
 <message>
  <source>Step rule</source>
  <translation>步长规则</translation>
 </message>
 <message>
  <source>How long each step is. APGD begins with twice epsilon, halves where the objective stops rising, and keeps the best image (Croce and Hein 2020): what it does not reach was not for want of steps. For l1 it begins with epsilon and changes fewer and fewer values (2021).</source>
  <translation>每一步的长度。APGD 从两倍 ε 开始，目标不再上升时减半，并保留最好的图像（Croce 与 Hein，2020）：若仍未达到，则不是因为步数不足。对 l1 则从 ε 开始，并改变越来越少的值（2021）。</translation>
 </message>
 <message>
  <source>steps of one size</source>
  <translation>固定步长</translation>
 </message>
 <message>
  <source>halved where they stop helping (APGD)</source>
  <translation>无效时减半（APGD）</translation>
 </message>
 <message>
  <source>Radii</source>
  <translation>半径</translation>
 </message>
 <message>
  <source>In which balls APGD looks for the result, one after the other, for 30, 30 and 40 % of the steps: larger ones show where to go (Croce and Hein 2021 for l1; Croce et al. 2024 for segmentation). The result is in the ball of epsilon.</source>
  <translation>APGD 依次在哪些球内寻找结果，各占 30 %、30 % 和 40 % 的步数：较大的球指明方向（l1：Croce 与 Hein，2021；分割：Croce 等，2024）。结果位于 ε 球内。</translation>
 </message>
 <message>
  <source>epsilon</source>
  <translation>ε</translation>
 </message>
 <message>
  <source>3, 2 and 1 epsilon</source>
  <translation>3、2、1 倍 ε</translation>
 </message>
 <message>
  <source>2, 1.5 and 1 epsilon</source>
  <translation>2、1.5、1 倍 ε</translation>
 </message>
 <message>
  <source>auto (%1)</source>
  <translation>自动（%1）</translation>
 </message>
 <message>
  <source>Weight of the hidden</source>
  <translation>隐藏区域权重</translation>
 </message>
 <message>
  <source>Weight of the category's pixels in the objective; all others have 1 minus it (Metzen et al. 2017). At 1 they alone count.</source>
  <translation>该类别像素在目标中的权重；其余像素为 1 减去它（Metzen 等，2017）。为 1 时只计这些像素。</translation>
 </message>
 <message>
  <source>all pixels alike</source>
  <translation>所有像素相同</translation>
 </message>
 <message>
  <source>SegPGD</source>
  <translation>SegPGD</translation>
 </message>
 <message>
  <source>CosPGD</source>
  <translation>CosPGD</translation>
 </message>
 <message>
  <source>CosPGD, depth</source>
  <translation>CosPGD，深度</translation>
 </message>
 <message>
  <source>by what is reached (SegPGD)</source>
  <translation>按是否已达到目标（SegPGD）</translation>
 </message>
 <message>
  <source>by their distance (CosPGD)</source>
  <translation>按与目标的距离（CosPGD）</translation>
 </message>
 <message>
  <source>Weights of pixels</source>
  <translation>像素权重</translation>
 </message>
 <message>
  <source>What each pixel counts for in a step: SegPGD turns from pixels that are not at their target yet to all alike (Gu et al. 2022), CosPGD takes 1 minus the cosine of softmax and target (Agnihotri et al. 2024).</source>
  <translation>每个像素在一步中的权重：SegPGD 从尚未达到目标的像素逐渐过渡到所有像素相同（Gu 等，2022）；CosPGD 取 1 减去 softmax 与目标的余弦（Agnihotri 等，2024）。</translation>
 </message>
 <message>
  <source>Gate</source>
  <translation>门限</translation>
 </message>
 <message>
  <source>Pixels that are at their target and for which it is more probable than this have no part in a step (Metzen et al. 2017: 0.75).</source>
  <translation>已到达目标且目标概率高于此值的像素不参与该步（Metzen 等 2017：0.75）。</translation>
 </message>
 <message>
  <source>no gate</source>
  <translation>无门限</translation>
 </message>
 <message>
  <source>Look ahead</source>
  <translation>前瞻</translation>
 </message>
 <message>
  <source>Takes each gradient where the accumulated one leads (NI-FGSM, Lin et al. 2020); without momentum that is where the image is.</source>
  <translation>在累积梯度所指向的位置计算每个梯度（NI-FGSM，Lin 等，2020）；没有动量时即为图像所在位置。</translation>
 </message>
 <message>
  <source>Input diversity</source>
  <translation>输入多样性</translation>
 </message>
 <message>
  <source>Probability that a step follows the gradient of the image shrunk to 90 to 100 % at a place drawn at random, which helps attacks to pass on to other networks (DI2-FGSM, Xie et al. 2019: 0.5).</source>
  <translation>某一步采用将图像缩小到 90–100 % 并随机放置后的梯度的概率，有助于攻击迁移到其他网络（DI2-FGSM，Xie 等，2019：0.5）。</translation>
 </message>
 <message>
  <source>Figure 4b · converged</source>
  <translation>图 4b · 收敛</translation>
 </message>
 <message>
  <source>Figure 4b with 100 steps of APGD: what it leaves was not for want of steps.</source>
  <translation>图 4b，用 100 步 APGD：余下的部分不是因为步数不足。</translation>
 </message>
 <message>
  <source>Figure 4c · converged</source>
  <translation>图 4c · 收敛</translation>
 </message>
 <message>
  <source>Figure 4c with 100 steps of APGD: steps of 1 overshoot its target.</source>
  <translation>图 4c，用 100 步 APGD：步长为 1 会越过目标。</translation>
 </message>
 <message>
  <source>Figure 4c · converged, the hidden alone</source>
  <translation>图 4c · 收敛，仅隐藏区域</translation>
 </message>
 <message>
  <source>Figure 3a · multi-task · converged</source>
  <translation>图 3a · 多任务 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3a · semantic · converged</source>
  <translation>图 3a · 语义 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3a · geometric · converged</source>
  <translation>图 3a · 几何 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3b · classification · converged</source>
  <translation>图 3b · 分类 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3b · box regression · converged</source>
  <translation>图 3b · 边框回归 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3b · centreness · converged</source>
  <translation>图 3b · 中心度 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3b · segmentation · converged</source>
  <translation>图 3b · 语义分割 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3b · instance masks · converged</source>
  <translation>图 3b · 实例掩码 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3b · depth · converged</source>
  <translation>图 3b · 深度 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3b · instance depth · converged</source>
  <translation>图 3b · 实例深度 · 收敛</translation>
 </message>
 <message>
  <source>Figure 3a with 100 steps of APGD: what it leaves was not for want of steps.</source>
  <translation>图 3a，用 100 步 APGD：余下的部分不是因为步数不足。</translation>
 </message>
 <message>
  <source>Figure 3b with 100 steps of APGD: what it leaves was not for want of steps.</source>
  <translation>图 3b，用 100 步 APGD：余下的部分不是因为步数不足。</translation>
 </message>
 <message>
  <source>MI-FGSM</source>
  <translation>MI-FGSM</translation>
 </message>
 <message>
  <source>Segmentation as in Gu et al. 2022: 20 steps of 0.01 of the range within 0.03 of it.</source>
  <translation>按 Gu 等（2022）攻击分割：步长为值域的 0.01，共 20 步，范围为值域的 0.03。</translation>
 </message>
 <message>
  <source>Segmentation as in Agnihotri et al. 2024: 20 steps of 0.01 of the range within 0.03 of it.</source>
  <translation>按 Agnihotri 等（2024）攻击分割：步长为值域的 0.01，共 20 步，范围为值域的 0.03。</translation>
 </message>
 <message>
  <source>As in Dong et al. 2018: 10 steps of a tenth of epsilon, decay 1; made to pass on to other networks.</source>
  <translation>按 Dong 等（2018）：10 步，每步为 ε 的十分之一，衰减系数 1；为迁移到其他网络而设计。</translation>
 </message>
 <message>
  <source>Only the category's pixels have to reach the depth behind them.</source>
  <translation>只有该类别的像素需要达到其后方的深度。</translation>
 </message>
 <message>
  <source>Interaction: who depends on whom</source>
  <translation>相互作用：谁依赖谁</translation>
 </message>
 <message>
  <source>Kept with the result; this attack draws nothing at random.</source>
  <translation>随结果一并保存；此攻击不含随机抽取。</translation>
 </message>
 <message>
  <source>Levels: where it breaks</source>
  <translation>层级：从哪里崩溃</translation>
 </message>
 <message>
  <source>Steps</source>
  <translation>步数</translation>
 </message>
 <message>
  <source>Strength ε</source>
  <translation>强度 ε</translation>
 </message>
 <message>
  <source>Strength: epsilon 0.25 to 32</source>
  <translation>强度：ε 从 0.25 到 32</translation>
 </message>
 <message>
  <source>Table 3: people hidden</source>
  <translation>表 3：隐藏行人</translation>
 </message>
 <message>
  <source>auto (%1 of size %2)</source>
  <translation>自动（%1 步，步长 %2）</translation>
 </message>
 <message>
  <source>each value (l∞)</source>
  <translation>每个值（l∞）</translation>
 </message>
 <message>
  <source>never</source>
  <translation>从不</translation>
 </message>
 <message>
  <source>none</source>
  <translation>无</translation>
 </message>
 <message>
  <source>unlimited</source>
  <translation>不限</translation>
 </message>
 <message>
  <source>whole image (l2)</source>
  <translation>整图（l2）</translation>
 </message>
 <message>
  <source>sum of all values (l1)</source>
  <translation>所有值之和（l1）</translation>
 </message>
 <message>
  <source>Instances</source>
  <translation>实例</translation>
 </message>
 <message>
  <source>Clean</source>
  <translation>攻击前</translation>
 </message>
 <message>
  <source>Mask codes</source>
  <translation>掩码编码</translation>
 </message>
 <message>
  <source>Metric ratio</source>
  <translation>指标比值</translation>
 </message>
 <message>
  <source>Linear CKA</source>
  <translation>线性 CKA</translation>
 </message>
 <message>
  <source>Share of the damage</source>
  <translation>损害占比</translation>
 </message>
 <message>
  <source>Difference of ratios</source>
  <translation>比值之差</translation>
 </message>
 <message>
  <source>PGD on groups of losses</source>
  <translation>对损失组的 PGD</translation>
 </message>
 <message>
  <source>PGD on single losses</source>
  <translation>对单个损失的 PGD</translation>
 </message>
 <message>
  <source>Metric ratio over epsilon</source>
  <translation>指标比值随 ε 的变化</translation>
 </message>
 <message>
  <source>What the attacks move, by level</source>
  <translation>攻击在各层造成的变化</translation>
 </message>
 <message>
  <source>Share of the damage that one level carries</source>
  <translation>单一层所承载的损害占比</translation>
 </message>
 <message>
  <source>Who depends on whom</source>
  <translation>谁依赖谁</translation>
 </message>
 <message>
  <source>Input gradients of the losses</source>
  <translation>各损失的输入梯度</translation>
 </message>
 <message>
  <source>Shape bias: selection and regression</source>
  <translation>形状偏差：选择与回归</translation>
 </message>
 <message>
  <source>Shape bias</source>
  <translation>形状偏差</translation>
 </message>
 <message>
  <source>Relative drift</source>
  <translation>相对漂移</translation>
 </message>
 <message>
  <source>Similarity to the clean features</source>
  <translation>与干净特征的相似度</translation>
 </message>
 <message>
  <source>What an attack leaves of each task</source>
  <translation>攻击后各任务的剩余</translation>
 </message>
 <message>
  <source>Column under row minus row under column</source>
  <translation>列受行攻击减行受列攻击</translation>
 </message>
 <message>
  <source>Classification loss</source>
  <translation>分类损失</translation>
 </message>
 <message>
  <source>Box regression loss</source>
  <translation>边框回归损失</translation>
 </message>
 <message>
  <source>Aspect ratio</source>
  <translation>宽高比</translation>
 </message>
 <message>
  <source>aspect ratio</source>
  <translation>宽高比</translation>
 </message>
 <message>
  <source>each object</source>
  <translation>每个物体</translation>
 </message>
 <message>
  <source>undone by clean features</source>
  <translation>由干净特征消除</translation>
 </message>
 <message>
  <source>done by attacked ones</source>
  <translation>由受攻击特征造成</translation>
 </message>
 <message>
  <source>By label</source>
  <translation>按标注</translation>
 </message>
 <message>
  <source>By object</source>
  <translation>按物体</translation>
 </message>
 <message>
  <source>By location</source>
  <translation>按位置</translation>
 </message>
 <message>
  <source>Flipped</source>
  <translation>类别翻转</translation>
 </message>
 <message>
  <source>step</source>
  <translation>步</translation>
 </message>
 <message>
  <source>Hidden from
segmentation</source>
  <translation>对分割
隐藏</translation>
 </message>
 <message>
  <source>Hidden from
depth</source>
  <translation>对深度
隐藏</translation>
 </message>
 <message>
  <source>Share of equal signs</source>
  <translation>同号占比</translation>
 </message>
 <message>
  <source>Cosine</source>
  <translation>余弦</translation>
 </message>
 <message>
  <source>Loss</source>
  <translation>损失</translation>
 </message>
 <message>
  <source>Level</source>
  <translation>层级</translation>
 </message>
 <message>
  <source>Task</source>
  <translation>任务</translation>
 </message>
 <message>
  <source>Attacked objective</source>
  <translation>被攻击的目标函数</translation>
 </message>
 <message>
  <source>Attacked task</source>
  <translation>被攻击的任务</translation>
 </message>
 <message>
  <source>Mean loss</source>
  <translation>平均损失</translation>
 </message>
 <message>
  <source>Width / height</source>
  <translation>宽 / 高</translation>
 </message>
 <message>
  <source>Width (px)</source>
  <translation>宽 (px)</translation>
 </message>
 <message>
  <source>Height (px)</source>
  <translation>高 (px)</translation>
 </message>
</context>
<context>
 <name>uninet::AttackOutcome</name>
 <message>
  <source>%1 s</source>
  <translation>%1 秒</translation>
 </message>
 <message>
  <source>%1 → &lt;b&gt;%2&lt;/b&gt; in %3 s</source>
  <translation>%1 → &lt;b&gt;%2&lt;/b&gt;，%3 秒</translation>
 </message>
 <message>
  <source>no pixel</source>
  <translation>无像素</translation>
 </message>
 <message>
  <source>all pixels</source>
  <translation>全图</translation>
 </message>
 <message>
  <source>%1 pixels</source>
  <translation>%1 像素</translation>
 </message>
 <message>
  <source>l∞ %1 · l2 %2 · %3</source>
  <translation>l∞ %1 · l2 %2 · %3</translation>
 </message>
 <message>
  <source>zero</source>
  <translation>为零</translation>
 </message>
 <message>
  <source>vanishing, at most %1</source>
  <translation>消失，最大 %1</translation>
 </message>
 <message>
  <source>fine, no zeros</source>
  <translation>正常，无零值</translation>
 </message>
 <message>
  <source>fine, less than %1 % zeros</source>
  <translation>正常，零值不足 %1%</translation>
 </message>
 <message>
  <source>fine, %1 % zeros</source>
  <translation>正常，零值占 %1%</translation>
 </message>
 <message numerus="yes">
  <source>all %Ln task(s)</source>
  <translation>
   <numerusform>全部 %Ln 项任务</numerusform>
  </translation>
 </message>
 <message>
  <source>none</source>
  <translation>无</translation>
 </message>
 <message>
  <source>all but %1</source>
  <translation>除%1外全部</translation>
 </message>
 <message>
  <source>Retained performance</source>
  <translation>性能保留</translation>
 </message>
 <message>
  <source>What happened</source>
  <translation>攻击经过</translation>
 </message>
 <message>
  <source>Stopped</source>
  <translation>已停止</translation>
 </message>
 <message>
  <source>&lt;b&gt;at %1 of %2&lt;/b&gt;, the best image so far is kept</source>
  <translation>&lt;b&gt;停在第 %1 步（共 %2 步）&lt;/b&gt;，保留目前最好的图像</translation>
 </message>
 <message>
  <source>Steps</source>
  <translation>步数</translation>
 </message>
 <message>
  <source>Objective</source>
  <translation>目标函数</translation>
 </message>
 <message>
  <source>Time</source>
  <translation>用时</translation>
 </message>
 <message>
  <source>Measured</source>
  <translation>已测量</translation>
 </message>
 <message>
  <source>At the bound</source>
  <translation>达到上限</translation>
 </message>
 <message>
  <source>%1 % of the values</source>
  <translation>%1% 的像素值</translation>
 </message>
 <message>
  <source>Gradient</source>
  <translation>梯度</translation>
 </message>
 <message>
  <source>Survives PNG</source>
  <translation>存为 PNG 后保留</translation>
 </message>
 <message>
  <source>Run an attack (F5) to see what it does.</source>
  <translation>运行一次攻击 (F5)，查看其效果。</translation>
 </message>
 <message>
  <source>Transfer</source>
  <translation>迁移</translation>
 </message>
 <message>
  <source>attacked on %1, measured on &lt;b&gt;%2&lt;/b&gt;</source>
  <translation>在 %1 上攻击，在 &lt;b&gt;%2&lt;/b&gt; 上测量</translation>
 </message>
</context>
<context>
 <name>uninet::AttackPanel</name>
 <message>
  <source>%1: %2 of %3</source>
  <translation>%1：%2/%3</translation>
 </message>
 <message>
  <source>, %1 left</source>
  <translation>，剩余 %1</translation>
 </message>
 <message>
  <source>Region</source>
  <translation>区域</translation>
 </message>
 <message>
  <source>Attack</source>
  <translation>攻击</translation>
 </message>
 <message>
  <source>Reset all</source>
  <translation>全部重置</translation>
 </message>
 <message>
  <source>All options of this method back to their defaults</source>
  <translation>将此方法的所有选项恢复为默认值</translation>
 </message>
 <message>
  <source>Method</source>
  <translation>方法</translation>
 </message>
 <message>
  <source>Choose…</source>
  <translation>选择…</translation>
 </message>
 <message>
  <source>Preset</source>
  <translation>预设</translation>
 </message>
 <message>
  <source>whole image</source>
  <translation>整幅图像</translation>
 </message>
 <message>
  <source>Draw a box on a picture</source>
  <translation>在图像上画一个框</translation>
 </message>
 <message>
  <source>Draw a polygon on a picture</source>
  <translation>在图像上画一个多边形</translation>
 </message>
 <message>
  <source>Back to the whole image</source>
  <translation>恢复为整幅图像</translation>
 </message>
 <message>
  <source>Run</source>
  <translation>运行</translation>
 </message>
 <message>
  <source>Stop</source>
  <translation>停止</translation>
 </message>
 <message>
  <source>Stop and keep the best image so far (Esc)</source>
  <translation>停止并保留目前最好的图像 (Esc)</translation>
 </message>
 <message>
  <source>Progress</source>
  <translation>进度</translation>
 </message>
 <message>
  <source>preset</source>
  <translation>预设</translation>
 </message>
 <message>
  <source>method</source>
  <translation>方法</translation>
 </message>
 <message>
  <source>attack options</source>
  <translation>攻击选项</translation>
 </message>
 <message>
  <source>region</source>
  <translation>区域</translation>
 </message>
 <message>
  <source>The part of the image that may change, in pixels of the network input:
box:x0,y0,x1,y1
polygon:x,y,x,y,x,y
instance:N (object N of the ground truth)
mask:FILE</source>
  <translation>图像中允许改变的部分，以网络输入的像素计：
box:x0,y0,x1,y1
polygon:x,y,x,y,x,y
instance:N（真值中的物体 N）
mask:文件</translation>
 </message>
 <message>
  <source>, changed</source>
  <translation>，已更改</translation>
 </message>
 <message>
  <source>Settings of the paper by name</source>
  <translation>论文中的设置，按名称选择</translation>
 </message>
 <message>
  <source>An attack runs on this image: stop it, or wait for its end.</source>
  <translation>此图像正在受到攻击：请停止攻击，或等待其结束。</translation>
 </message>
 <message>
  <source>Attack the image that is shown (F5)</source>
  <translation>攻击当前显示的图像 (F5)</translation>
 </message>
 <message>
  <source>Precision</source>
  <translation>精度</translation>
 </message>
 <message>
  <source>Back to float32</source>
  <translation>恢复为 float32</translation>
 </message>
 <message>
  <source>precision</source>
  <translation>精度</translation>
 </message>
 <message>
  <source>Of the compiled plan, where this processor has one: the fastest</source>
  <translation>在此处理器支持时由编译后的计划计算：最快</translation>
 </message>
 <message>
  <source>The reference: LibTorch's operations, several times slower</source>
  <translation>参照：使用 LibTorch 的运算，慢数倍</translation>
 </message>
 <message>
  <source>Rounds to three digits</source>
  <translation>舍入到三位有效数字</translation>
 </message>
 <message>
  <source>Convolutions round what they read to three digits</source>
  <translation>卷积把读入的数舍入到三位有效数字</translation>
 </message>
 <message>
  <source>Only on a graphics card: TensorFloat-32</source>
  <translation>仅限显卡：TensorFloat-32</translation>
 </message>
 <message>
  <source>Not on this processor: it has no bfloat16 of its own (AVX-512 BF16), and would be slower than in float32</source>
  <translation>此处理器不可用：它没有原生 bfloat16（AVX-512 BF16），会比 float32 更慢</translation>
 </message>
 <message>
  <source>What gradients are computed in; weights and losses as well with float64. Metrics are always those of float32.</source>
  <translation>计算梯度所用的精度；选 float64 时权重和损失也用它。指标始终按 float32 计算。</translation>
 </message>
</context>
<context>
 <name>uninet::Badge</name>
 <message>
  <source>%1: %2 → %3, %4 of the clean performance is left</source>
  <translation>%1：%2 → %3，保留攻击前性能的 %4</translation>
 </message>
 <message>
  <source>%1 is undefined after the attack: no ratio</source>
  <translation>%1 在攻击后无定义：没有比值</translation>
 </message>
 <message>
  <source>%1 is %2 before the attack: no ratio</source>
  <translation>%1 在攻击前为 %2：没有比值</translation>
 </message>
 <message>
  <source>%1 needs ground truth, which this image lacks</source>
  <translation>%1 需要真值，此图像没有真值</translation>
 </message>
</context>
<context>
 <name>uninet::Canvas</name>
 <message>
  <source>Canvas</source>
  <translation>画布</translation>
 </message>
 <message>
  <source>target</source>
  <translation>目标</translation>
 </message>
 <message>
  <source>%1, clean and attacked</source>
  <translation>%1，攻击前与攻击后</translation>
 </message>
</context>
<context>
 <name>uninet::CanvasPart</name>
 <message>
  <source>Show or hide this row in all panels</source>
  <translation>在所有面板中显示或隐藏此行</translation>
 </message>
 <message>
  <source>show a row</source>
  <translation>显示行</translation>
 </message>
 <message>
  <source>hide a row</source>
  <translation>隐藏行</translation>
 </message>
 <message>
  <source>Grid</source>
  <translation>网格</translation>
 </message>
 <message>
  <source>Focus</source>
  <translation>聚焦</translation>
 </message>
 <message>
  <source>Wipe</source>
  <translation>卷帘</translation>
 </message>
 <message>
  <source>All panels</source>
  <translation>所有面板</translation>
 </message>
 <message>
  <source>One large panel, the others as a strip (double click on a panel)</source>
  <translation>一个大面板，其余排成一列（双击某个面板）</translation>
 </message>
 <message>
  <source>Clean and attacked in every panel, with one divider to drag</source>
  <translation>每个面板中同时显示攻击前与攻击后，用同一条可拖动的分隔线划分</translation>
 </message>
 <message>
  <source>change the layout</source>
  <translation>更改布局</translation>
 </message>
 <message>
  <source>%1: %2 → %3 on this image</source>
  <translation>此图像上的 %1：%2 → %3</translation>
 </message>
 <message>
  <source>%1 is not defined on this image: nothing of it in the ground truth, or nothing found before the attack</source>
  <translation>%1 在此图像上无定义：真值中没有对应内容，或攻击前未找到任何结果</translation>
 </message>
 <message>
  <source>These images have no ground truth to measure with</source>
  <translation>这些图像没有可供测量的真值</translation>
 </message>
 <message>
  <source>This image cannot be shown</source>
  <translation>无法显示此图像</translation>
 </message>
 <message>
  <source>Predicting…</source>
  <translation>正在预测…</translation>
 </message>
 <message>
  <source>Open a network to see this output</source>
  <translation>打开一个网络以查看此输出</translation>
 </message>
 <message>
  <source>Open images, or drop them here</source>
  <translation>打开图像，或将图像拖放到此处</translation>
 </message>
 <message>
  <source>No mask components: drop pca_meinst.npz here or run &quot;uninet mask-components&quot;</source>
  <translation>没有掩码主成分：请将 pca_meinst.npz 拖放到此处，或运行“uninet mask-components”</translation>
 </message>
 <message>
  <source>&amp;Attack only this object</source>
  <translation>仅攻击此物体(&amp;A)</translation>
 </message>
 <message>
  <source>&amp;Zoom to it</source>
  <translation>缩放到此物体(&amp;Z)</translation>
 </message>
 <message>
  <source>&amp;Select it</source>
  <translation>选择此物体(&amp;S)</translation>
 </message>
 <message>
  <source>&amp;Gradient as the change of the image</source>
  <translation>以梯度作为图像变化(&amp;G)</translation>
 </message>
 <message>
  <source>The last gradient of the objective in the row of changes, in place of the perturbation</source>
  <translation>在变化行中显示目标函数最近一次的梯度，而不是扰动</translation>
 </message>
 <message>
  <source>show the gradient</source>
  <translation>显示梯度</translation>
 </message>
 <message>
  <source>show a feature map</source>
  <translation>显示特征图</translation>
 </message>
 <message>
  <source>How far each place of this feature map moves, in place of the perturbation; a click on a level of the Levels tab chooses another</source>
  <translation>显示此特征图各位置的变化幅度，而不是扰动；在“层级”标签页中单击某一层级可选择其他特征图</translation>
 </message>
 <message>
  <source>&amp;Feature map %1 as the change of the image</source>
  <translation>以特征图 %1 作为图像变化(&amp;F)</translation>
 </message>
</context>
<context>
 <name>uninet::ChartsPart</name>
 <message>
  <source>Swap two classes with &quot;DAG swap, detection&quot;, on this image or on the split (Analyse menu): how the shapes of the boxes follow stands here.</source>
  <translation>在此图像或整个划分上（“分析”菜单）用“DAG 互换，目标检测”互换两个类别，此处将显示边框形状如何随之变化。</translation>
 </message>
 <message>
  <source>Analyse ▸ Evaluate split, &quot;Interaction&quot;, fills this tab: who depends on whom.</source>
  <translation>“分析 ▸ 评估划分”中的“相互作用”会填充此标签页：谁依赖谁。</translation>
 </message>
 <message>
  <source>Analyse ▸ Evaluate split, &quot;Levels&quot;, fills this tab: where the network breaks.</source>
  <translation>“分析 ▸ 评估划分”中的“层级”会填充此标签页：网络从哪里崩溃。</translation>
 </message>
 <message>
  <source>%1 · split, %2</source>
  <translation>%1 · 划分，%2</translation>
 </message>
 <message>
  <source>Written: %1 with %2</source>
  <translation>已写入：%1 及 %2</translation>
 </message>
</context>
<context>
 <name>uninet::CommandPalette</name>
 <message>
  <source>Commands</source>
  <translation>命令</translation>
 </message>
 <message>
  <source>Type a few letters of what you want to do</source>
  <translation>输入所需操作的几个字</translation>
 </message>
 <message>
  <source>Command</source>
  <translation>命令</translation>
 </message>
 <message>
  <source>Nothing is called “%1”.</source>
  <translation>没有名为“%1”的命令。</translation>
 </message>
</context>
<context>
 <name>uninet::DataChip</name>
 <message>
  <source>Images</source>
  <translation>图像</translation>
 </message>
 <message>
  <source>no images</source>
  <translation>无图像</translation>
 </message>
 <message>
  <source>Open pictures, a Cityscapes or NYUv2 tree, or drop them on the window</source>
  <translation>打开图片、Cityscapes 或 NYUv2 目录，或将其拖放到窗口上</translation>
 </message>
 <message numerus="yes">
  <source>%Ln image(s)</source>
  <translation>
   <numerusform>%Ln 幅图像</numerusform>
  </translation>
 </message>
 <message>
  <source>no ground truth</source>
  <translation>无真值</translation>
 </message>
 <message>
  <source>Without ground truth outputs and attacks work; metrics need a Cityscapes or NYUv2 tree.</source>
  <translation>没有真值也可以查看输出和进行攻击；计算指标需要 Cityscapes 或 NYUv2 目录。</translation>
 </message>
 <message>
  <source>Open &amp;folder or data set…</source>
  <translation>打开文件夹或数据集(&amp;F)…</translation>
 </message>
 <message>
  <source>Open &amp;pictures…</source>
  <translation>打开图片(&amp;P)…</translation>
 </message>
 <message>
  <source>Built-in &amp;street scenes</source>
  <translation>内置街景(&amp;S)</translation>
 </message>
 <message>
  <source>Split</source>
  <translation>划分</translation>
 </message>
 <message>
  <source>City</source>
  <translation>城市</translation>
 </message>
 <message>
  <source>all</source>
  <translation>全部</translation>
 </message>
</context>
<context>
 <name>uninet::DepthUnitMenu</name>
 <message>
  <source>Depth &amp;unit</source>
  <translation>深度单位(&amp;U)</translation>
 </message>
 <message>
  <source>Unit of depth</source>
  <translation>深度单位</translation>
 </message>
 <message>
  <source>Metres of one unit of the depth files:</source>
  <translation>深度文件中一个单位的米数：</translation>
 </message>
 <message>
  <source>&amp;As the data set has it: millimetres in PNG, metres in .npy</source>
  <translation>按数据集：PNG 为毫米，.npy 为米(&amp;A)</translation>
 </message>
 <message>
  <source>%1 m</source>
  <translation>%1 米</translation>
 </message>
 <message>
  <source>&amp;Other…</source>
  <translation>其他(&amp;O)…</translation>
 </message>
</context>
<context>
 <name>uninet::Document</name>
 <message>
  <source>Opening %1</source>
  <translation>正在打开 %1</translation>
 </message>
 <message>
  <source>Open a checkpoint first: mask components belong to a network.</source>
  <translation>请先打开检查点：掩码主成分属于某个网络。</translation>
 </message>
 <message>
  <source>Opening pictures</source>
  <translation>正在打开图片</translation>
 </message>
 <message>
  <source>The network is computed on the CPU: %1</source>
  <translation>网络在 CPU 上计算：%1</translation>
 </message>
 <message>
  <source>Moving the network</source>
  <translation>正在移动网络</translation>
 </message>
 <message>
  <source>Opening the demo network</source>
  <translation>正在打开演示网络</translation>
 </message>
 <message>
  <source>Opening Streetscape</source>
  <translation>正在打开 Streetscape</translation>
 </message>
 <message>
  <source>%1 is not the network that this run was made with.</source>
  <translation>%1 不是生成此次运行的网络。</translation>
 </message>
 <message>
  <source>The images cannot be opened, because %1 is not there: bring that folder or drive back and they are opened by themselves.</source>
  <translation>无法打开图像，因为 %1 不存在：恢复该文件夹或驱动器后，图像会自动打开。</translation>
 </message>
 <message>
  <source>These pictures have no ground truth: outputs and attacks work, metrics need a Cityscapes or NYUv2 tree.</source>
  <translation>这些图片没有真值：可以查看输出和进行攻击，计算指标需要 Cityscapes 或 NYUv2 目录。</translation>
 </message>
 <message>
  <source>The attack was stopped: another network or other images were opened.</source>
  <translation>攻击已停止：打开了其他网络或其他图像。</translation>
 </message>
 <message>
  <source>Predicting</source>
  <translation>正在预测</translation>
 </message>
 <message>
  <source>%1 was stopped.</source>
  <translation>%1 已停止。</translation>
 </message>
 <message>
  <source>Saving</source>
  <translation>正在保存</translation>
 </message>
 <message>
  <source>Saved to %1.</source>
  <translation>已保存到 %1。</translation>
 </message>
 <message numerus="yes">
  <source>delete %Ln run(s)</source>
  <translation>
   <numerusform>删除 %Ln 次运行</numerusform>
  </translation>
 </message>
 <message>
  <source>The session is kept in %1.</source>
  <translation>会话保存在 %1。</translation>
 </message>
 <message>
  <source>An attack runs on this image: stop it, or wait for its end.</source>
  <translation>此图像正在受到攻击：请停止攻击，或等待其结束。</translation>
 </message>
 <message>
  <source>This run is of %1 on %2 of %3; open them to see it.</source>
  <translation>此次运行使用 %1，图像为 %2，数据为 %3；打开它们即可查看。</translation>
 </message>
 <message>
  <source>Showing the run</source>
  <translation>正在显示此次运行</translation>
 </message>
 <message>
  <source>Run %1 again: the same image, bit for bit.</source>
  <translation>重新运行 %1：得到的图像逐位相同。</translation>
 </message>
 <message>
  <source>Run %1 again: another image came out. It was made with another processor, other threads or another version.</source>
  <translation>重新运行 %1：得到了不同的图像。原运行使用了不同的处理器、线程数或程序版本。</translation>
 </message>
 <message>
  <source>Packing the session</source>
  <translation>正在打包会话</translation>
 </message>
 <message>
  <source>Written: %1</source>
  <translation>已写入：%1</translation>
 </message>
 <message>
  <source>Unpacking %1</source>
  <translation>正在解包 %1</translation>
 </message>
 <message>
  <source>There was not enough memory for “%1”: what was kept of other images to be fast is let go, and it is tried once more, more sparingly.</source>
  <translation>内存不足，无法完成“%1”：为加快浏览而保留的其他图像数据将被释放，并以更节省内存的方式重试一次。</translation>
 </message>
 <message>
  <source>The folder is back, and the session is saved.</source>
  <translation>文件夹已恢复，会话已保存。</translation>
 </message>
 <message>
  <source>The folder is back, and all runs are saved.</source>
  <translation>文件夹已恢复，所有运行均已保存。</translation>
 </message>
 <message>
  <source>The image cannot be shown, because %1 is gone: bring that folder or drive back and it is shown by itself; what was computed stays.</source>
  <translation>无法显示此图像，因为 %1 已不存在：恢复该文件夹或驱动器后，图像会自动显示；已计算的结果会保留。</translation>
 </message>
 <message>
  <source>No gradient: the attack took none, or the run was shown from what is kept; run it again to see one</source>
  <translation>没有梯度：此攻击未计算梯度，或所示运行来自保存的记录；重新运行即可查看梯度</translation>
 </message>
 <message>
  <source>No gradient was taken</source>
  <translation>未计算梯度</translation>
 </message>
 <message>
  <source>edit the notes</source>
  <translation>编辑备注</translation>
 </message>
 <message>
  <source>The picture has another shape than the input of the network: grey bars fill it up.</source>
  <translation>图片的宽高比与网络输入不同：空余部分以灰边填充。</translation>
 </message>
 <message>
  <source>Feature map %1</source>
  <translation>特征图 %1</translation>
 </message>
 <message>
  <source>How far %1 moves is being computed…</source>
  <translation>正在计算 %1 的变化幅度…</translation>
 </message>
 <message>
  <source>This network has no feature map %1</source>
  <translation>此网络没有特征图 %1</translation>
 </message>
 <message>
  <source>%1: %2 at most %3</source>
  <translation>%1：%2，最大 %3</translation>
 </message>
 <message>
  <source>The network cannot be opened, because %1 is not there: bring that folder or drive back and it is opened by itself.</source>
  <translation>无法打开网络，因为 %1 不存在：恢复该文件夹或驱动器后，网络会自动打开。</translation>
 </message>
 <message>
  <source>There is now: %1</source>
  <translation>新增：%1</translation>
 </message>
 <message>
  <source>%1 on both networks</source>
  <translation>在两个网络上运行%1</translation>
 </message>
 <message>
  <source>%1 was not attacked, it only measured the attacked image: %2</source>
  <translation>%1 未被攻击，只测量了被攻击的图像：%2</translation>
 </message>
 <message>
  <source>Only runs on one image can be laid over each other, of one network or of the two that are open.</source>
  <translation>只有同一图像上的运行才能叠放，且须属于同一网络或当前打开的两个网络。</translation>
 </message>
 <message>
  <source>The image of this run was attacked on %1, %2 only measured it: run the attack on %1 again.</source>
  <translation>该运行的图像是在 %1 上攻击的，%2 只作了测量：请重新运行对 %1 的攻击。</translation>
 </message>
 <message>
  <source>This run is shown as soon as the second network is open.</source>
  <translation>第二个网络打开后即显示该运行。</translation>
 </message>
</context>
<context>
 <name>uninet::DrawButton</name>
 <message>
  <source>Drawing</source>
  <translation>绘制</translation>
 </message>
 <message>
  <source>Which objects are drawn, and how opaque masks are</source>
  <translation>绘制哪些物体，以及掩码的不透明度</translation>
 </message>
 <message>
  <source>Score</source>
  <translation>置信度</translation>
 </message>
 <message>
  <source>Objects below this score are not drawn; metrics use all of them</source>
  <translation>低于此置信度的物体不绘制；计算指标时使用全部物体</translation>
 </message>
 <message>
  <source>Opacity</source>
  <translation>不透明度</translation>
 </message>
 <message>
  <source>Of the masks over the image</source>
  <translation>图像上掩码的不透明度</translation>
 </message>
</context>
<context>
 <name>uninet::Drawer</name>
 <message>
  <source>Results</source>
  <translation>结果</translation>
 </message>
 <message>
  <source>Show this tab in a window of its own</source>
  <translation>在独立窗口中显示此标签页</translation>
 </message>
 <message>
  <source>Close the results</source>
  <translation>关闭结果</translation>
 </message>
 <message>
  <source>Open the results</source>
  <translation>打开结果</translation>
 </message>
 <message>
  <source>%1: something new</source>
  <translation>%1：有新内容</translation>
 </message>
</context>
<context>
 <name>uninet::ExportDialog</name>
 <message>
  <source>Width</source>
  <translation>宽度</translation>
 </message>
 <message>
  <source>Height</source>
  <translation>高度</translation>
 </message>
 <message>
  <source>CSV (numbers)</source>
  <translation>CSV（数值）</translation>
 </message>
 <message>
  <source>Export figure</source>
  <translation>导出插图</translation>
 </message>
 <message>
  <source>Export</source>
  <translation>导出</translation>
 </message>
 <message>
  <source>One column (%1 mm)</source>
  <translation>单栏 (%1 mm)</translation>
 </message>
 <message>
  <source>Two columns (%1 mm)</source>
  <translation>双栏 (%1 mm)</translation>
 </message>
 <message>
  <source>Other</source>
  <translation>其他</translation>
 </message>
 <message>
  <source> mm</source>
  <translation> mm</translation>
 </message>
 <message>
  <source> pt</source>
  <translation> pt</translation>
 </message>
 <message>
  <source>Long (Segmentation)</source>
  <translation>长（语义分割）</translation>
 </message>
 <message>
  <source>Short (SS)</source>
  <translation>短 (SS)</translation>
 </message>
 <message>
  <source>Resolution of the PNG</source>
  <translation>PNG 的分辨率</translation>
 </message>
 <message>
  <source> dpi</source>
  <translation> dpi</translation>
 </message>
 <message>
  <source>Browse…</source>
  <translation>浏览…</translation>
 </message>
 <message>
  <source>Folder for the figure</source>
  <translation>插图的文件夹</translation>
 </message>
 <message>
  <source>&amp;Width</source>
  <translation>宽度(&amp;W)</translation>
 </message>
 <message>
  <source>&amp;Height</source>
  <translation>高度(&amp;H)</translation>
 </message>
 <message>
  <source>&amp;Font</source>
  <translation>字号(&amp;F)</translation>
 </message>
 <message>
  <source>&amp;Names</source>
  <translation>名称(&amp;N)</translation>
 </message>
 <message>
  <source>Formats</source>
  <translation>格式</translation>
 </message>
 <message>
  <source>F&amp;ile</source>
  <translation>文件(&amp;I)</translation>
 </message>
 <message>
  <source>Without an end: each format adds its own.</source>
  <translation>不含扩展名：每种格式自动添加。</translation>
 </message>
 <message>
  <source>Preview, %1 by %2 mm</source>
  <translation>预览，%1 × %2 mm</translation>
 </message>
 <message>
  <source>Choose at least one format.</source>
  <translation>请至少选择一种格式。</translation>
 </message>
 <message>
  <source>There already, and replaced: %1.</source>
  <translation>已存在，将被替换：%1。</translation>
 </message>
</context>
<context>
 <name>uninet::FigureCanvas</name>
 <message>
  <source>Click: show or hide. Alt+click: this one alone. Keys 1 to 9 and Alt+1 to Alt+9 do the same.</source>
  <translation>单击：显示或隐藏。Alt+单击：仅显示此项。按键 1 至 9 和 Alt+1 至 Alt+9 作用相同。</translation>
 </message>
</context>
<context>
 <name>uninet::FigureView</name>
 <message>
  <source>Note on the figure</source>
  <translation>插图说明</translation>
 </message>
 <message>
  <source>Figure</source>
  <translation>插图</translation>
 </message>
 <message>
  <source>Value at the cursor</source>
  <translation>光标处的值</translation>
 </message>
 <message>
  <source>log</source>
  <translation>对数</translation>
 </message>
 <message>
  <source>Logarithmic axis</source>
  <translation>对数坐标轴</translation>
 </message>
 <message>
  <source>Copy</source>
  <translation>复制</translation>
 </message>
 <message>
  <source>Copy the picture or the numbers</source>
  <translation>复制图片或数值</translation>
 </message>
 <message>
  <source>Copy picture</source>
  <translation>复制图片</translation>
 </message>
 <message>
  <source>Copy numbers (CSV)</source>
  <translation>复制数值 (CSV)</translation>
 </message>
 <message>
  <source>Show in a window of its own</source>
  <translation>在独立窗口中显示</translation>
 </message>
 <message>
  <source>Export…</source>
  <translation>导出…</translation>
 </message>
 <message>
  <source>Export the figure as PDF, SVG, PNG, CSV</source>
  <translation>将插图导出为 PDF、SVG、PNG、CSV</translation>
 </message>
 <message>
  <source>Chart: %1</source>
  <translation>图表：%1</translation>
 </message>
 <message>
  <source>not defined</source>
  <translation>无定义</translation>
 </message>
 <message>
  <source> (95 %: %1 to %2)</source>
  <translation>（95%：%1 至 %2）</translation>
 </message>
 <message>
  <source>rounding alone moves it by %1 (images: %2)</source>
  <translation>仅舍入就会使其变化 %1（图像数：%2）</translation>
 </message>
 <message>
  <source>clean %1 → attacked %2</source>
  <translation>攻击前 %1 → 攻击后 %2</translation>
 </message>
</context>
<context>
 <name>uninet::FileActions</name>
 <message>
  <source>Recent ne&amp;tworks</source>
  <translation>最近的网络(&amp;T)</translation>
 </message>
 <message>
  <source>Recent &amp;images</source>
  <translation>最近的图像(&amp;I)</translation>
 </message>
 <message>
  <source>Recent &amp;sessions</source>
  <translation>最近的会话(&amp;R)</translation>
 </message>
 <message>
  <source>Open &amp;network…</source>
  <translation>打开网络(&amp;N)…</translation>
 </message>
 <message>
  <source>Open mask &amp;components…</source>
  <translation>打开掩码主成分(&amp;C)…</translation>
 </message>
 <message>
  <source>Open &amp;folder or data set…</source>
  <translation>打开文件夹或数据集(&amp;F)…</translation>
 </message>
 <message>
  <source>Ctrl+Shift+O</source>
  <translation>Ctrl+Shift+O</translation>
 </message>
 <message>
  <source>Open &amp;pictures…</source>
  <translation>打开图片(&amp;P)…</translation>
 </message>
 <message>
  <source>Ctrl+I</source>
  <translation>Ctrl+I</translation>
 </message>
 <message>
  <source>Built-in &amp;demo</source>
  <translation>内置演示(&amp;D)</translation>
 </message>
 <message>
  <source>Ctrl+D</source>
  <translation>Ctrl+D</translation>
 </message>
 <message>
  <source>Ne&amp;w session</source>
  <translation>新建会话(&amp;W)</translation>
 </message>
 <message>
  <source>Open s&amp;ession…</source>
  <translation>打开会话(&amp;E)…</translation>
 </message>
 <message>
  <source>Ctrl+Alt+O</source>
  <translation>Ctrl+Alt+O</translation>
 </message>
 <message>
  <source>Keep session &amp;as…</source>
  <translation>会话另存为(&amp;A)…</translation>
 </message>
 <message>
  <source>Export &amp;bundle…</source>
  <translation>导出会话包(&amp;B)…</translation>
 </message>
 <message>
  <source>Save resu&amp;lt…</source>
  <translation>保存结果(&amp;S)…</translation>
 </message>
 <message>
  <source>nothing yet</source>
  <translation>暂无</translation>
 </message>
 <message>
  <source>%1 was not exported from a session; its manifest says how it was made.</source>
  <translation>%1 不是从会话导出的；其清单文件说明了它的生成方式。</translation>
 </message>
 <message>
  <source>This figure is of the session that is open.</source>
  <translation>此插图属于当前打开的会话。</translation>
 </message>
 <message>
  <source>Where is the session of this figure (%1)?</source>
  <translation>此插图的会话 (%1) 在哪里？</translation>
 </message>
 <message>
  <source>Sessions (*.json *.zip);;All files (*)</source>
  <translation>会话 (*.json *.zip);;所有文件 (*)</translation>
 </message>
 <message>
  <source>Open a network</source>
  <translation>打开网络</translation>
 </message>
 <message>
  <source>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
  <translation>检查点 (*.pth *.pt *.ckpt *.safetensors);;所有文件 (*)</translation>
 </message>
 <message>
  <source>Open mask components</source>
  <translation>打开掩码主成分</translation>
 </message>
 <message>
  <source>Mask components (*.npz)</source>
  <translation>掩码主成分 (*.npz)</translation>
 </message>
 <message>
  <source>Open a Cityscapes or NYUv2 tree, or a folder of pictures</source>
  <translation>打开 Cityscapes 目录、NYUv2 目录或图片文件夹</translation>
 </message>
 <message>
  <source>Open pictures</source>
  <translation>打开图片</translation>
 </message>
 <message>
  <source>Pictures (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff);;All files (*)</source>
  <translation>图片 (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff);;所有文件 (*)</translation>
 </message>
 <message>
  <source>Open a session</source>
  <translation>打开会话</translation>
 </message>
 <message>
  <source>Sessions and bundles (*.json *.zip);;All files (*)</source>
  <translation>会话与会话包 (*.json *.zip);;所有文件 (*)</translation>
 </message>
 <message>
  <source>Keep the session as</source>
  <translation>会话另存为</translation>
 </message>
 <message>
  <source>Sessions (*.json)</source>
  <translation>会话 (*.json)</translation>
 </message>
 <message>
  <source>Export session, runs and images</source>
  <translation>导出会话、运行和图像</translation>
 </message>
 <message>
  <source>Bundles (*.zip)</source>
  <translation>会话包 (*.zip)</translation>
 </message>
 <message>
  <source>Folder for the session in %1</source>
  <translation>%1 中会话的文件夹</translation>
 </message>
 <message>
  <source>Save images, outputs and report.json in this folder</source>
  <translation>将图像、输出和 report.json 保存到此文件夹</translation>
 </message>
 <message>
  <source>N&amp;otes of the session…</source>
  <translation>会话备注(&amp;O)…</translation>
 </message>
 <message>
  <source>Compare with another chec&amp;kpoint…</source>
  <translation>与另一个检查点比较(&amp;K)…</translation>
 </message>
 <message>
  <source>Compare with the built-in &amp;MTI-Net++</source>
  <translation>与内置的 MTI-Net++ 比较(&amp;M)</translation>
 </message>
 <message>
  <source>A network of another architecture with the same five tasks, trained on the built-in world as the demo was</source>
  <translation>另一种架构的网络，任务同为五项，与演示网络一样在内置世界上训练</translation>
 </message>
 <message>
  <source>Close the second netwo&amp;rk</source>
  <translation>关闭第二个网络(&amp;H)</translation>
 </message>
 <message>
  <source>Opens a network beside the one that is open: an attack then runs on both, and each one&apos;s attacked image is measured on the other</source>
  <translation>在已打开的网络旁再打开一个网络：攻击将在两者上运行，并在另一个网络上测量各自被攻击的图像</translation>
 </message>
 <message>
  <source>Compare with another network</source>
  <translation>与另一个网络比较</translation>
 </message>
</context>
<context>
 <name>uninet::FilmModel</name>
 <message>
  <source>a run was made on it</source>
  <translation>已在其上运行过攻击</translation>
 </message>
 <message>
  <source>lost %1 %</source>
  <translation>性能下降 %1%</translation>
 </message>
 <message>
  <source>it cannot be read</source>
  <translation>无法读取</translation>
 </message>
</context>
<context>
 <name>uninet::FilmStrip</name>
 <message>
  <source>no image called “%1”</source>
  <translation>没有名为“%1”的图像</translation>
 </message>
 <message>
  <source>Sort by number</source>
  <translation>按编号排序</translation>
 </message>
 <message>
  <source>Sort by damage</source>
  <translation>按受损程度排序</translation>
 </message>
 <message>
  <source>Images</source>
  <translation>图像</translation>
 </message>
 <message>
  <source>No images. Drop pictures, a folder or a data set here.</source>
  <translation>没有图像。请将图片、文件夹或数据集拖放到此处。</translation>
 </message>
 <message>
  <source>find…</source>
  <translation>查找…</translation>
 </message>
 <message>
  <source>Find an image</source>
  <translation>查找图像</translation>
 </message>
 <message>
  <source>A number, or a part of a name or city; Enter goes to the next</source>
  <translation>编号，或名称、城市的一部分；按回车键转到下一个</translation>
 </message>
 <message>
  <source>Sort by damage (no run of these images yet)</source>
  <translation>按受损程度排序（这些图像尚无运行）</translation>
 </message>
 <message>
  <source>Sort by the damage of “%1”</source>
  <translation>按“%1”造成的受损程度排序</translation>
 </message>
 <message>
  <source>Damage of the runs of this session</source>
  <translation>本会话各次运行造成的损害</translation>
 </message>
</context>
<context>
 <name>uninet::HelpBrowser</name>
 <message>
  <source>This page cannot be shown</source>
  <translation>无法显示此页</translation>
 </message>
</context>
<context>
 <name>uninet::HelpWindow</name>
 <message>
  <source>Begin</source>
  <translation>入门</translation>
 </message>
 <message>
  <source>Attacks</source>
  <translation>攻击</translation>
 </message>
 <message>
  <source>Results</source>
  <translation>结果</translation>
 </message>
 <message>
  <source>Keeping and finding</source>
  <translation>保存与查找</translation>
 </message>
 <message>
  <source>Help</source>
  <translation>帮助</translation>
 </message>
 <message>
  <source>Search all pages</source>
  <translation>搜索所有页面</translation>
 </message>
 <message>
  <source>Find in this page</source>
  <translation>在本页中查找</translation>
 </message>
 <message>
  <source>Pages</source>
  <translation>页面</translation>
 </message>
 <message>
  <source>Page</source>
  <translation>页面</translation>
 </message>
 <message>
  <source>Places that were found</source>
  <translation>找到的位置</translation>
 </message>
 <message>
  <source>Back</source>
  <translation>后退</translation>
 </message>
 <message>
  <source>Forward</source>
  <translation>前进</translation>
 </message>
 <message>
  <source>Previous place</source>
  <translation>上一处</translation>
 </message>
 <message>
  <source>Next place</source>
  <translation>下一处</translation>
 </message>
 <message>
  <source>Close</source>
  <translation>关闭</translation>
 </message>
 <message>
  <source>No page has these words.</source>
  <translation>没有页面包含这些词。</translation>
 </message>
 <message>
  <source>not in this page</source>
  <translation>本页中没有</translation>
 </message>
 <message>
  <source>%1 of %2</source>
  <translation>第 %1 处，共 %2 处</translation>
 </message>
</context>
<context>
 <name>uninet::Hints</name>
 <message>
  <source>%1 of %2</source>
  <translation>第 %1 条，共 %2 条</translation>
 </message>
 <message>
  <source>Skip</source>
  <translation>跳过</translation>
 </message>
 <message>
  <source>Close all hints</source>
  <translation>关闭所有提示</translation>
 </message>
 <message>
  <source>Got it</source>
  <translation>知道了</translation>
 </message>
 <message>
  <source>Hint: %1</source>
  <translation>提示：%1</translation>
 </message>
</context>
<context>
 <name>uninet::JobList</name>
 <message>
  <source>waits</source>
  <translation>等待中</translation>
 </message>
 <message>
  <source>runs</source>
  <translation>运行中</translation>
 </message>
 <message>
  <source>%1 of %2</source>
  <translation>%1/%2</translation>
 </message>
 <message>
  <source>, %1 left</source>
  <translation>，剩余 %1</translation>
 </message>
 <message>
  <source>Jobs</source>
  <translation>作业</translation>
 </message>
 <message>
  <source>Stop</source>
  <translation>停止</translation>
 </message>
 <message>
  <source>Stop %1</source>
  <translation>停止%1</translation>
 </message>
 <message>
  <source>No job runs or waits.</source>
  <translation>没有正在运行或等待的作业。</translation>
 </message>
</context>
<context>
 <name>uninet::Legend</name>
 <message>
  <source>%1 m</source>
  <translation>%1 m</translation>
 </message>
 <message>
  <source>Classes ▾</source>
  <translation>类别 ▾</translation>
 </message>
 <message>
  <source>Classes: %1 ▴</source>
  <translation>类别：%1 ▴</translation>
 </message>
</context>
<context>
 <name>uninet::LogView</name>
 <message>
  <source>Log</source>
  <translation>日志</translation>
 </message>
 <message>
  <source>What the program does is written here.</source>
  <translation>程序的运行情况记录在此处。</translation>
 </message>
</context>
<context>
 <name>uninet::MainWindow</name>
 <message>
  <source>Runs</source>
  <translation>运行记录</translation>
 </message>
 <message>
  <source>Metric ratios</source>
  <translation>指标比值</translation>
 </message>
 <message>
  <source>Interaction</source>
  <translation>相互作用</translation>
 </message>
 <message>
  <source>Levels</source>
  <translation>层级</translation>
 </message>
 <message>
  <source>Shape bias</source>
  <translation>形状偏好</translation>
 </message>
 <message>
  <source>Objects</source>
  <translation>物体</translation>
 </message>
 <message>
  <source>Log</source>
  <translation>日志</translation>
 </message>
 <message>
  <source>Outputs at the cursor</source>
  <translation>光标处的输出</translation>
 </message>
 <message>
  <source>The program ended without closing its session. Its runs are kept.</source>
  <translation>程序上次结束时没有关闭会话。其运行记录都已保留。</translation>
 </message>
 <message>
  <source>Go on with it</source>
  <translation>继续该会话</translation>
 </message>
 <message>
  <source>What is attacked, and how strongly. F5 runs it.</source>
  <translation>攻击什么，强度多大。按 F5 运行。</translation>
 </message>
 <message>
  <source>Every step of the attack. The marks say where each task first lost half of its performance.</source>
  <translation>攻击的每一步。标记表示各任务的性能首次降到一半以下的位置。</translation>
 </message>
 <message>
  <source>Hold the space bar to see the other state. A double click makes a panel large, the wheel zooms into all of them.</source>
  <translation>按住空格键可查看另一状态。双击可放大面板，滚轮可同时缩放所有面板。</translation>
 </message>
 <message>
  <source>Every run is kept here, to compare, to repeat and for figures.</source>
  <translation>每次运行都保存在此处，可用于比较、重复和制作插图。</translation>
 </message>
 <message>
  <source>Choose an image first</source>
  <translation>请先选择图像</translation>
 </message>
 <message>
  <source>Open a network first</source>
  <translation>请先打开网络</translation>
 </message>
 <message>
  <source>UniNet Workbench</source>
  <translation>UniNet Workbench</translation>
 </message>
 <message>
  <source>Evaluation</source>
  <translation>评估</translation>
 </message>
 <message>
  <source>These images have no ground truth: no metric can be computed.</source>
  <translation>这些图像没有真值：无法计算任何指标。</translation>
 </message>
 <message>
  <source>Open the results of an evaluation</source>
  <translation>打开评估结果</translation>
 </message>
 <message>
  <source>Results (*.sqlite);;All files (*)</source>
  <translation>结果 (*.sqlite);;所有文件 (*)</translation>
 </message>
 <message>
  <source>&amp;File</source>
  <translation>文件(&amp;F)</translation>
 </message>
 <message>
  <source>E&amp;xport figure…</source>
  <translation>导出插图(&amp;X)…</translation>
 </message>
 <message>
  <source>Ctrl+E</source>
  <translation>Ctrl+E</translation>
 </message>
 <message>
  <source>&amp;Quit</source>
  <translation>退出(&amp;Q)</translation>
 </message>
 <message>
  <source>&amp;Edit</source>
  <translation>编辑(&amp;E)</translation>
 </message>
 <message>
  <source>&amp;Undo</source>
  <translation>撤销(&amp;U)</translation>
 </message>
 <message>
  <source>&amp;Redo</source>
  <translation>重做(&amp;R)</translation>
 </message>
 <message>
  <source>&amp;Find image</source>
  <translation>查找图像(&amp;F)</translation>
 </message>
 <message>
  <source>&amp;All commands…</source>
  <translation>所有命令(&amp;A)…</translation>
 </message>
 <message>
  <source>Ctrl+Shift+P</source>
  <translation>Ctrl+Shift+P</translation>
 </message>
 <message>
  <source>&amp;View</source>
  <translation>视图(&amp;V)</translation>
 </message>
 <message>
  <source>&amp;Rows</source>
  <translation>行(&amp;R)</translation>
 </message>
 <message>
  <source>&amp;Large panel</source>
  <translation>大面板(&amp;L)</translation>
 </message>
 <message>
  <source>&amp;Fit images</source>
  <translation>图像适应窗口(&amp;F)</translation>
 </message>
 <message>
  <source>Ctrl+0</source>
  <translation>Ctrl+0</translation>
 </message>
 <message>
  <source>Close the res&amp;ults</source>
  <translation>关闭结果(&amp;C)</translation>
 </message>
 <message>
  <source>Alt+0</source>
  <translation>Alt+0</translation>
 </message>
 <message>
  <source>&amp;Images</source>
  <translation>图像(&amp;I)</translation>
 </message>
 <message>
  <source>&amp;Attack</source>
  <translation>攻击(&amp;A)</translation>
 </message>
 <message>
  <source>&amp;Theme</source>
  <translation>主题(&amp;T)</translation>
 </message>
 <message>
  <source>&amp;Density</source>
  <translation>界面密度(&amp;D)</translation>
 </message>
 <message>
  <source>As the &amp;system</source>
  <translation>跟随系统(&amp;S)</translation>
 </message>
 <message>
  <source>&amp;Light</source>
  <translation>浅色(&amp;L)</translation>
 </message>
 <message>
  <source>&amp;Dark</source>
  <translation>深色(&amp;D)</translation>
 </message>
 <message>
  <source>&amp;Comfortable</source>
  <translation>宽松(&amp;C)</translation>
 </message>
 <message>
  <source>C&amp;ompact</source>
  <translation>紧凑(&amp;O)</translation>
 </message>
 <message>
  <source>Lan&amp;guage</source>
  <translation>语言(&amp;G)</translation>
 </message>
 <message>
  <source>%1 (Chinese: needs the package %2)</source>
  <translation>%1（中文：需要软件包 %2）</translation>
 </message>
 <message>
  <source>&amp;Run</source>
  <translation>运行(&amp;R)</translation>
 </message>
 <message>
  <source>&amp;Stop</source>
  <translation>停止(&amp;S)</translation>
 </message>
 <message>
  <source>&amp;Next image</source>
  <translation>下一幅图像(&amp;N)</translation>
 </message>
 <message>
  <source>&amp;Previous image</source>
  <translation>上一幅图像(&amp;P)</translation>
 </message>
 <message>
  <source>Pr&amp;esets</source>
  <translation>预设(&amp;E)</translation>
 </message>
 <message>
  <source>A&amp;nalyse</source>
  <translation>分析(&amp;N)</translation>
 </message>
 <message>
  <source>&amp;Evaluate split…</source>
  <translation>评估划分(&amp;E)…</translation>
 </message>
 <message>
  <source>Ctrl+Shift+E</source>
  <translation>Ctrl+Shift+E</translation>
 </message>
 <message>
  <source>&amp;Stop evaluation</source>
  <translation>停止评估(&amp;S)</translation>
 </message>
 <message>
  <source>Ctrl+.</source>
  <translation>Ctrl+.</translation>
 </message>
 <message>
  <source>Open &amp;results…</source>
  <translation>打开结果(&amp;R)…</translation>
 </message>
 <message>
  <source>Ctrl+R</source>
  <translation>Ctrl+R</translation>
 </message>
 <message>
  <source>&amp;Help</source>
  <translation>帮助(&amp;H)</translation>
 </message>
 <message>
  <source>&amp;Keyboard…</source>
  <translation>键盘(&amp;K)…</translation>
 </message>
 <message>
  <source>Ctrl+?</source>
  <translation>Ctrl+?</translation>
 </message>
 <message>
  <source>&amp;About UniNet Workbench</source>
  <translation>关于 UniNet Workbench(&amp;A)</translation>
 </message>
 <message>
  <source>Tools</source>
  <translation>工具</translation>
 </message>
 <message>
  <source>rows</source>
  <translation>行</translation>
 </message>
 <message>
  <source>Run</source>
  <translation>运行</translation>
 </message>
 <message>
  <source>Method</source>
  <translation>方法</translation>
 </message>
 <message>
  <source>Hold: the other state in every panel</source>
  <translation>按住：在每个面板中显示另一状态</translation>
 </message>
 <message>
  <source>Fit the images</source>
  <translation>图像适应窗口</translation>
 </message>
 <message>
  <source>Zoom in</source>
  <translation>放大</translation>
 </message>
 <message>
  <source>Zoom out</source>
  <translation>缩小</translation>
 </message>
 <message>
  <source>Play the timeline</source>
  <translation>播放时间轴</translation>
 </message>
 <message>
  <source>About</source>
  <translation>关于</translation>
 </message>
 <message>
  <source>&lt;b&gt;UniNet Workbench %1&lt;/b&gt;&lt;p&gt;Attack one task of a multi-task network and watch the others.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
  <translation>&lt;b&gt;UniNet Workbench %1&lt;/b&gt;&lt;p&gt;攻击多任务网络的一项任务，观察其他任务的变化。&lt;/p&gt;&lt;p&gt;自由软件，以 GNU 通用公共许可证第 3 版或更高版本发布。&lt;/p&gt;</translation>
 </message>
 <message>
  <source>None of the images that are open is among those that “%1” was measured on.</source>
  <translation>“%1”的测量图像中不包含当前打开的任何图像。</translation>
 </message>
 <message>
  <source>The images are sorted by what “%1” did to them, the worst is shown. Its attack is chosen: %2 runs it.</source>
  <translation>图像已按“%1”造成的损害排序，当前显示受损最严重的一幅。其攻击已选定：按 %2 运行。</translation>
 </message>
 <message>
  <source>&amp;Load plugin…</source>
  <translation>加载插件(&amp;L)…</translation>
 </message>
 <message>
  <source>Load attacks from a plugin, whose code is run</source>
  <translation>从插件加载攻击（将运行其代码）</translation>
 </message>
 <message>
  <source>Plugins (*.so);;All files (*)</source>
  <translation>插件 (*.so);;所有文件 (*)</translation>
 </message>
 <message>
  <source>&amp;Wipe between the networks</source>
  <translation>在两个网络间卷帘(&amp;W)</translation>
 </message>
 <message>
  <source>Ctrl+B</source>
  <translation>Ctrl+B</translation>
 </message>
 <message>
  <source>The attack that is shown, on network A left of the divider and on B right of it</source>
  <translation>所显示的攻击：分隔线左侧为网络 A，右侧为网络 B</translation>
 </message>
 <message>
  <source>The attack has run on both networks.</source>
  <translation>攻击已在两个网络上运行。</translation>
 </message>
 <message>
  <source>Wipe between them</source>
  <translation>在两者间卷帘</translation>
 </message>
</context>
<context>
 <name>uninet::NetworkChip</name>
 <message>
  <source>Network</source>
  <translation>网络</translation>
 </message>
 <message>
  <source>Open &amp;network…</source>
  <translation>打开网络(&amp;N)…</translation>
 </message>
 <message>
  <source>Open mask &amp;components…</source>
  <translation>打开掩码主成分(&amp;C)…</translation>
 </message>
 <message>
  <source>Built-in &amp;demo</source>
  <translation>内置演示(&amp;D)</translation>
 </message>
 <message>
  <source>Compute &amp;on</source>
  <translation>计算设备(&amp;O)</translation>
 </message>
 <message>
  <source>no network</source>
  <translation>无网络</translation>
 </message>
 <message>
  <source>Open a checkpoint, or drop it on the window</source>
  <translation>打开检查点，或将其拖放到窗口上</translation>
 </message>
 <message numerus="yes">
  <source>%Ln task(s) · %1 · %2</source>
  <translation>
   <numerusform>%Ln 项任务 · %1 · %2</numerusform>
  </translation>
 </message>
 <message>
  <source>Tasks: %1</source>
  <translation>任务：%1</translation>
 </message>
 <message>
  <source>Network: %1, width %2</source>
  <translation>网络：%1，宽度 %2</translation>
 </message>
 <message>
  <source>Encoder: %1</source>
  <translation>编码器：%1</translation>
 </message>
 <message>
  <source>Neck: %1</source>
  <translation>颈部：%1</translation>
 </message>
 <message>
  <source>Classes: %1</source>
  <translation>类别：%1</translation>
 </message>
 <message>
  <source>File: %1</source>
  <translation>文件：%1</translation>
 </message>
 <message>
  <source>SHA-256: %1</source>
  <translation>SHA-256：%1</translation>
 </message>
 <message>
  <source>A %1 · B %2</source>
  <translation>A %1 · B %2</translation>
 </message>
 <message>
  <source>A: %1</source>
  <translation>A：%1</translation>
 </message>
 <message>
  <source>B: %1</source>
  <translation>B：%1</translation>
 </message>
</context>
<context>
 <name>uninet::NumberField</name>
 <message>
  <source>of %1</source>
  <translation>/ %1</translation>
 </message>
 <message>
  <source>%1, %2</source>
  <translation>%1 · %2</translation>
 </message>
 <message>
  <source>%1, slider</source>
  <translation>%1，滑块</translation>
 </message>
 <message>
  <source>%1: %2</source>
  <translation>%1：%2</translation>
 </message>
</context>
<context>
 <name>uninet::ObjectsModel</name>
 <message>
  <source>same</source>
  <translation>相同</translation>
 </message>
 <message>
  <source>moved</source>
  <translation>移位</translation>
 </message>
 <message>
  <source>renamed</source>
  <translation>改类</translation>
 </message>
 <message>
  <source>lost</source>
  <translation>丢失</translation>
 </message>
 <message>
  <source>new</source>
  <translation>新增</translation>
 </message>
 <message>
  <source>not found</source>
  <translation>未检出</translation>
 </message>
 <message>
  <source>Object %1: %2</source>
  <translation>物体 %1：%2</translation>
 </message>
 <message>
  <source>%1; truth: %2</source>
  <translation>%1；真值：%2</translation>
 </message>
 <message>
  <source>Width × height in pixels of the network input, clean → attacked; sorted by the clean area</source>
  <translation>宽 × 高，以网络输入的像素计，攻击前 → 攻击后；按攻击前面积排序</translation>
 </message>
 <message>
  <source>Clean → attacked; sorted by the clean value</source>
  <translation>攻击前 → 攻击后；按攻击前的值排序</translation>
 </message>
 <message>
  <source>Object</source>
  <translation>物体</translation>
 </message>
 <message>
  <source>Change</source>
  <translation>变化</translation>
 </message>
 <message>
  <source>Class</source>
  <translation>类别</translation>
 </message>
 <message>
  <source>Truth</source>
  <translation>真值</translation>
 </message>
 <message>
  <source>Score</source>
  <translation>置信度</translation>
 </message>
 <message>
  <source>Box (px)</source>
  <translation>边框 (px)</translation>
 </message>
 <message>
  <source>Aspect</source>
  <translation>宽高比</translation>
 </message>
 <message>
  <source>Mask IoU</source>
  <translation>掩码 IoU</translation>
 </message>
 <message>
  <source>Depth (m)</source>
  <translation>深度 (m)</translation>
 </message>
 <message>
  <source>Instance depth (m)</source>
  <translation>实例深度 (m)</translation>
 </message>
</context>
<context>
 <name>uninet::ObjectsPanel</name>
 <message>
  <source>Objects</source>
  <translation>物体</translation>
 </message>
 <message>
  <source>Find an object…</source>
  <translation>查找物体…</translation>
 </message>
 <message>
  <source>Find an object</source>
  <translation>查找物体</translation>
 </message>
 <message>
  <source>Rows that hold all of these words: number, class, change</source>
  <translation>包含所有这些词的行：编号、类别、变化</translation>
 </message>
 <message>
  <source>Show objects by their change</source>
  <translation>按变化显示物体</translation>
 </message>
 <message>
  <source>How many objects are shown</source>
  <translation>显示的物体数量</translation>
 </message>
 <message>
  <source>Zoom</source>
  <translation>缩放</translation>
 </message>
 <message>
  <source>Zoom all panels to this object (Enter, double click)</source>
  <translation>将所有面板缩放到此物体（回车键，双击）</translation>
 </message>
 <message>
  <source>Attack only this</source>
  <translation>仅攻击此物体</translation>
 </message>
 <message>
  <source>Restrict the attack to this object</source>
  <translation>将攻击限制在此物体上</translation>
 </message>
 <message>
  <source>Copy as CSV</source>
  <translation>复制为 CSV</translation>
 </message>
 <message>
  <source>Copy the chosen rows, or all that are shown, with every digit (Ctrl+C)</source>
  <translation>以完整精度复制所选的行，或全部显示的行 (Ctrl+C)</translation>
 </message>
 <message>
  <source>every object</source>
  <translation>所有物体</translation>
 </message>
 <message>
  <source>every change</source>
  <translation>所有变化</translation>
 </message>
 <message>
  <source>not found</source>
  <translation>未检出</translation>
 </message>
 <message>
  <source>No object is predicted here, or no image is open.</source>
  <translation>此处没有预测到物体，或没有打开图像。</translation>
 </message>
 <message>
  <source>No object fits the words and the change.</source>
  <translation>没有物体同时符合这些词和该变化。</translation>
 </message>
 <message numerus="yes">
  <source>%Ln object(s)</source>
  <translation>
   <numerusform>%Ln 个物体</numerusform>
  </translation>
 </message>
 <message numerus="yes">
  <source>%1 of %Ln object(s)</source>
  <translation>
   <numerusform>%1 / %Ln 个物体</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::OfferedRemedies</name>
 <message>
  <source>Run again with %1: %2</source>
  <translation>重新运行，改用%1：%2</translation>
 </message>
 <message>
  <source>%1: %2 in place of %3. All else is as in this run, which is kept.</source>
  <translation>%1：%2，取代%3。其余与本次运行相同，本次运行会保留。</translation>
 </message>
</context>
<context>
 <name>uninet::OptionField</name>
 <message>
  <source>on</source>
  <translation>开</translation>
 </message>
 <message>
  <source>off</source>
  <translation>关</translation>
 </message>
</context>
<context>
 <name>uninet::OptionForm</name>
 <message>
  <source>Here: %1</source>
  <translation>此处：%1</translation>
 </message>
 <message>
  <source>%1 to %2</source>
  <translation>%1 至 %2</translation>
 </message>
 <message>
  <source>%1, or %2</source>
  <translation>%1，或%2</translation>
 </message>
 <message>
  <source>Limits: %1</source>
  <translation>范围：%1</translation>
 </message>
 <message>
  <source>In 8-bit pixel values: 2 px = 2/%1</source>
  <translation>以 8 位像素值计：2 px = 2/%1</translation>
 </message>
 <message>
  <source>In %1</source>
  <translation>单位：%1</translation>
 </message>
 <message>
  <source>Default: %1</source>
  <translation>默认值：%1</translation>
 </message>
 <message>
  <source>Paper: %1</source>
  <translation>论文：%1</translation>
 </message>
 <message>
  <source>Ctrl+Shift+Backspace goes back to the default</source>
  <translation>按 Ctrl+Shift+退格键恢复默认值</translation>
 </message>
 <message>
  <source>Advanced</source>
  <translation>高级</translation>
 </message>
 <message>
  <source>Advanced options</source>
  <translation>高级选项</translation>
 </message>
 <message>
  <source>Shows or hides the options that most people leave alone</source>
  <translation>显示或隐藏通常无需更改的选项</translation>
 </message>
 <message>
  <source>Reset %1</source>
  <translation>重置%1</translation>
 </message>
 <message>
  <source>Back to %1 (Ctrl+Shift+Backspace)</source>
  <translation>恢复为 %1（Ctrl+Shift+退格键）</translation>
 </message>
 <message>
  <source>unfolded</source>
  <translation>已展开</translation>
 </message>
 <message>
  <source>folded</source>
  <translation>已折叠</translation>
 </message>
</context>
<context>
 <name>uninet::PanelView</name>
 <message>
  <source>Click: hide or show; Alt+click: this class alone</source>
  <translation>单击：隐藏或显示；Alt+单击：仅显示此类别</translation>
 </message>
</context>
<context>
 <name>uninet::Probe</name>
 <message>
  <source>contour %1</source>
  <translation>轮廓 %1</translation>
 </message>
 <message>
  <source>normal (%1; %2; %3)</source>
  <translation>法线（%1；%2；%3）</translation>
 </message>
 <message>
  <source>%1 m</source>
  <translation>%1 m</translation>
 </message>
 <message>
  <source> at %1 m</source>
  <translation>，距离 %1 m</translation>
 </message>
 <message>
  <source> (truth: %1)</source>
  <translation>（真值：%1）</translation>
 </message>
</context>
<context>
 <name>uninet::RatioChart</name>
 <message>
  <source>Runs side by side</source>
  <translation>运行并排比较</translation>
 </message>
 <message>
  <source>Run an attack: the share of each task&apos;s performance that it leaves stands here.</source>
  <translation>运行一次攻击：此处将显示各任务的性能保留了多少。</translation>
 </message>
 <message>
  <source>Metric ratios</source>
  <translation>指标比值</translation>
 </message>
 <message>
  <source>%1, %2: %3 → %4, ratio %5</source>
  <translation>%1，%2：%3 → %4，比值 %5</translation>
 </message>
 <message>
  <source>Attacks of this session</source>
  <translation>本会话的攻击</translation>
 </message>
</context>
<context>
 <name>uninet::RetainedBars</name>
 <message>
  <source>Segmentation</source>
  <translation>语义分割</translation>
 </message>
 <message>
  <source>Instances</source>
  <translation>实例</translation>
 </message>
 <message>
  <source>%1: the network has no such output</source>
  <translation>%1：网络没有此输出</translation>
 </message>
 <message>
  <source>%1: this image has no ground truth to measure it by</source>
  <translation>%1：此图像没有可供测量的真值</translation>
 </message>
 <message>
  <source>%1: it cannot be measured on the attacked image</source>
  <translation>%1：在受攻击的图像上无法测量</translation>
 </message>
 <message>
  <source>%1: %2 %3 → %4</source>
  <translation>%1：%2 %3 → %4</translation>
 </message>
 <message>
  <source>%1, ratio %2</source>
  <translation>%1，比值 %2</translation>
 </message>
 <message>
  <source>%1; there is no ratio to a clean value of 0</source>
  <translation>%1；攻击前的值为 0，没有比值</translation>
 </message>
</context>
<context>
 <name>uninet::RunArchive</name>
 <message numerus="yes">
  <source>%Ln run(s) removed: more than the space for runs was used.</source>
  <translation>
   <numerusform>已删除 %Ln 次运行：超出了运行记录的空间上限。</numerusform>
  </translation>
 </message>
 <message numerus="yes">
  <source>%Ln old run(s) removed to make room for the new one. Pin what must stay, or give runs more space.</source>
  <translation>
   <numerusform>已删除 %Ln 次旧运行，为新运行腾出空间。请固定需要保留的运行，或增加运行记录的空间。</numerusform>
  </translation>
 </message>
 <message>
  <source>The runs of this session cannot be reached, because %1 is gone: bring that folder or drive back, or choose File ▸ Keep session as; new runs are kept in memory until then.</source>
  <translation>无法访问本会话的运行，因为 %1 已不存在：请恢复该文件夹或驱动器，或选择“文件 ▸ 会话另存为”；在此之前，新的运行保存在内存中。</translation>
 </message>
</context>
<context>
 <name>uninet::RunComparison</name>
 <message>
  <source>Image</source>
  <translation>图像</translation>
 </message>
 <message>
  <source>Method</source>
  <translation>方法</translation>
 </message>
 <message>
  <source>Region</source>
  <translation>区域</translation>
 </message>
 <message>
  <source>Data</source>
  <translation>数据</translation>
 </message>
 <message>
  <source>Network</source>
  <translation>网络</translation>
 </message>
 <message>
  <source>Tick runs to compare them.</source>
  <translation>勾选要比较的运行。</translation>
 </message>
 <message>
  <source>Comparison of the ticked runs</source>
  <translation>所勾选运行的比较</translation>
 </message>
 <message>
  <source>What the compared runs share</source>
  <translation>所比较运行的共同之处</translation>
 </message>
 <message>
  <source>Bars</source>
  <translation>条形图</translation>
 </message>
 <message>
  <source>Ratios</source>
  <translation>比值</translation>
 </message>
 <message>
  <source>Options side by side</source>
  <translation>选项</translation>
 </message>
 <message>
  <source>Metric ratios of the compared runs</source>
  <translation>所比较运行的指标比值</translation>
 </message>
 <message>
  <source>Metrics of the compared runs, clean and attacked</source>
  <translation>所比较运行在攻击前与攻击后的指标</translation>
 </message>
 <message>
  <source>Metric on the clean and on the attacked image, and in brackets the share of the performance that is left</source>
  <translation>攻击前与攻击后图像上的指标，括号内为性能保留的比例</translation>
 </message>
 <message>
  <source>Options of the compared runs</source>
  <translation>所比较运行的选项</translation>
 </message>
 <message>
  <source>Copy as CSV</source>
  <translation>复制为 CSV</translation>
 </message>
 <message>
  <source>Copy the comparison as CSV</source>
  <translation>将比较结果复制为 CSV</translation>
 </message>
 <message>
  <source>Copies the numbers of this tab for a table or a script</source>
  <translation>复制此标签页中的数值，供表格或脚本使用</translation>
 </message>
 <message>
  <source>Compared runs</source>
  <translation>所比较的运行</translation>
 </message>
 <message>
  <source>%1, %2</source>
  <translation>%1，%2</translation>
 </message>
 <message>
  <source>%1 → %2 (%3)</source>
  <translation>%1 → %2（%3）</translation>
 </message>
 <message>
  <source>Precision</source>
  <translation>精度</translation>
 </message>
 <message>
  <source>Attacked on</source>
  <translation>攻击所在网络</translation>
 </message>
</context>
<context>
 <name>uninet::RunNames</name>
 <message numerus="yes">
  <source>%Ln step(s)</source>
  <translation>
   <numerusform>%Ln 步</numerusform>
  </translation>
 </message>
 <message>
  <source>ε %1</source>
  <translation>ε %1</translation>
 </message>
 <message>
  <source>seed %1</source>
  <translation>种子 %1</translation>
 </message>
 <message>
  <source>image %1</source>
  <translation>图像 %1</translation>
 </message>
 <message>
  <source>stopped at %1</source>
  <translation>停在第 %1 步</translation>
 </message>
</context>
<context>
 <name>uninet::RunOptions</name>
 <message>
  <source>on</source>
  <translation>开</translation>
 </message>
 <message>
  <source>off</source>
  <translation>关</translation>
 </message>
 <message>
  <source>unlimited</source>
  <translation>不限</translation>
 </message>
 <message>
  <source>auto (%1)</source>
  <translation>自动（%1）</translation>
 </message>
 <message>
  <source>whole image</source>
  <translation>整幅图像</translation>
 </message>
 <message>
  <source>box %1</source>
  <translation>框 %1</translation>
 </message>
 <message>
  <source>polygon of %1 corners</source>
  <translation>%1 边形</translation>
 </message>
 <message>
  <source>object %1</source>
  <translation>物体 %1</translation>
 </message>
 <message>
  <source>mask %1</source>
  <translation>掩码 %1</translation>
 </message>
</context>
<context>
 <name>uninet::RunsModel</name>
 <message>
  <source>%1 s</source>
  <translation>%1 秒</translation>
 </message>
 <message>
  <source>%1, %2: %3 → %4, ratio %5</source>
  <translation>%1，%2：%3 → %4，比值 %5</translation>
 </message>
 <message>
  <source>image %1, %2</source>
  <translation>图像 %1，%2</translation>
 </message>
 <message>
  <source>network %1</source>
  <translation>网络 %1</translation>
 </message>
 <message>
  <source>stopped at %1 of %2; the best image so far was kept</source>
  <translation>停在第 %1 步（共 %2 步）；保留了目前最好的图像</translation>
 </message>
 <message>
  <source>pinned: never removed to make room</source>
  <translation>已固定：不会为腾出空间而删除</translation>
 </message>
 <message>
  <source>shown now</source>
  <translation>当前显示</translation>
 </message>
 <message>
  <source>compare %1</source>
  <translation>比较%1</translation>
 </message>
 <message>
  <source>%1, shown now</source>
  <translation>%1，当前显示</translation>
 </message>
 <message>
  <source>Compare: ticked runs stand side by side</source>
  <translation>比较：勾选的运行将并排显示</translation>
 </message>
 <message>
  <source>Strength, in 8-bit pixel values (2 = 2/255)</source>
  <translation>强度，以 8 位像素值计（2 = 2/255）</translation>
 </message>
 <message>
  <source>%1: %2</source>
  <translation>%1：%2</translation>
 </message>
 <message>
  <source>Share of each task&apos;s performance that the attack leaves on this image; sorted by its mean.</source>
  <translation>攻击后各任务在此图像上保留的性能比例；按平均值排序。</translation>
 </message>
 <message>
  <source>Compare</source>
  <translation>比较</translation>
 </message>
 <message>
  <source>Image</source>
  <translation>图像</translation>
 </message>
 <message>
  <source>Run</source>
  <translation>运行</translation>
 </message>
 <message>
  <source>Retained</source>
  <translation>性能保留</translation>
 </message>
 <message>
  <source>ε</source>
  <translation>ε</translation>
 </message>
 <message>
  <source>Seed</source>
  <translation>种子</translation>
 </message>
 <message>
  <source>Time</source>
  <translation>用时</translation>
 </message>
 <message>
  <source>When</source>
  <translation>时间</translation>
 </message>
 <message>
  <source>Note</source>
  <translation>备注</translation>
 </message>
 <message>
  <source>gradients in %1</source>
  <translation>梯度精度 %1</translation>
 </message>
 <message>
  <source>attacked on network %1, measured on %2</source>
  <translation>在网络 %1 上攻击，在 %2 上测量</translation>
 </message>
</context>
<context>
 <name>uninet::RunsPanel</name>
 <message>
  <source>Kept runs</source>
  <translation>已保存的运行</translation>
 </message>
 <message>
  <source>Find a run…</source>
  <translation>查找运行…</translation>
 </message>
 <message>
  <source>Find a run</source>
  <translation>查找运行</translation>
 </message>
 <message>
  <source>Rows that hold all of these words: name, image, method, note</source>
  <translation>包含所有这些词的行：名称、图像、方法、备注</translation>
 </message>
 <message>
  <source>What the runs take on disk; click to change how much they may</source>
  <translation>运行记录占用的磁盘空间；单击可更改上限</translation>
 </message>
 <message>
  <source>More</source>
  <translation>更多</translation>
 </message>
 <message>
  <source>More actions on runs</source>
  <translation>运行记录的更多操作</translation>
 </message>
 <message>
  <source>Actions on runs</source>
  <translation>运行记录的操作</translation>
 </message>
 <message>
  <source>Show</source>
  <translation>显示</translation>
 </message>
 <message>
  <source>Show the panels of this run again (Enter)</source>
  <translation>重新显示此次运行的面板（回车键）</translation>
 </message>
 <message>
  <source>Run again</source>
  <translation>重新运行</translation>
 </message>
 <message>
  <source>Repeat the attack with every option as it was</source>
  <translation>以完全相同的选项重复此攻击</translation>
 </message>
 <message>
  <source>Rename</source>
  <translation>重命名</translation>
 </message>
 <message>
  <source>Note</source>
  <translation>备注</translation>
 </message>
 <message>
  <source>Pin</source>
  <translation>固定</translation>
 </message>
 <message>
  <source>Never remove this run to make room</source>
  <translation>不为腾出空间而删除此次运行</translation>
 </message>
 <message>
  <source>Delete</source>
  <translation>删除</translation>
 </message>
 <message>
  <source>Delete the chosen runs (Del)</source>
  <translation>删除所选的运行 (Del)</translation>
 </message>
 <message>
  <source>Copy as command</source>
  <translation>复制为命令</translation>
 </message>
 <message>
  <source>Compare by wipe</source>
  <translation>卷帘对比</translation>
 </message>
 <message>
  <source>Two ticked runs under one divider in every panel</source>
  <translation>在每个面板中用一条分隔线对比两个勾选的运行</translation>
 </message>
 <message>
  <source>Export…</source>
  <translation>导出…</translation>
 </message>
 <message>
  <source>Compare</source>
  <translation>比较</translation>
 </message>
 <message>
  <source>Hide from segmentation</source>
  <translation>在分割中隐藏</translation>
 </message>
 <message>
  <source>unlimited</source>
  <translation>不限</translation>
 </message>
 <message numerus="yes">
  <source>%Ln run(s)</source>
  <translation>
   <numerusform>%Ln 次运行</numerusform>
  </translation>
 </message>
 <message>
  <source>%1 · %2 of %3</source>
  <translation>%1 · %2/%3</translation>
 </message>
 <message>
  <source>Disk use: %1</source>
  <translation>磁盘占用：%1</translation>
 </message>
 <message>
  <source>Every run is kept here. Press Run (F5).</source>
  <translation>每次运行都保存在此处。请按“运行”(F5)。</translation>
 </message>
 <message>
  <source>No run has all of these words.</source>
  <translation>没有运行包含所有这些词。</translation>
 </message>
</context>
<context>
 <name>uninet::RunsPart</name>
 <message>
  <source>The command line is in the clipboard.</source>
  <translation>命令行已复制到剪贴板。</translation>
 </message>
 <message>
  <source>Written: %1 with %2</source>
  <translation>已写入：%1 及 %2</translation>
 </message>
 <message>
  <source>Space for runs</source>
  <translation>运行记录的空间</translation>
 </message>
 <message>
  <source>MiB of disk for the runs of a session. Beyond it the oldest go that are not pinned.</source>
  <translation>一个会话的运行记录可占用的磁盘空间 (MiB)。超出后从最早的未固定运行开始删除。</translation>
 </message>
</context>
<context>
 <name>uninet::Scene</name>
 <message>
  <source>Open a checkpoint to see this output</source>
  <translation>打开检查点以查看此输出</translation>
 </message>
 <message>
  <source>This network does not predict it</source>
  <translation>此网络不预测该输出</translation>
 </message>
 <message>
  <source>No ground truth</source>
  <translation>没有真值</translation>
 </message>
 <message>
  <source>Image</source>
  <translation>图像</translation>
 </message>
 <message>
  <source>Segmentation</source>
  <translation>语义分割</translation>
 </message>
 <message>
  <source>Instances</source>
  <translation>实例</translation>
 </message>
 <message>
  <source>clean</source>
  <translation>攻击前</translation>
 </message>
 <message>
  <source>attacked</source>
  <translation>攻击后</translation>
 </message>
 <message>
  <source>change</source>
  <translation>变化</translation>
 </message>
 <message>
  <source>truth</source>
  <translation>真值</translation>
 </message>
 <message>
  <source>gradient, at most %1</source>
  <translation>梯度，最大 %1</translation>
 </message>
</context>
<context>
 <name>uninet::SceneObjects</name>
 <message>
  <source>%1 m</source>
  <translation>%1 m</translation>
 </message>
 <message>
  <source>lost: %1</source>
  <translation>丢失：%1</translation>
 </message>
 <message>
  <source>new: %1</source>
  <translation>新增：%1</translation>
 </message>
 <message>
  <source>moved: %1</source>
  <translation>移位：%1</translation>
 </message>
</context>
<context>
 <name>uninet::ShortcutsDialog</name>
 <message>
  <source>Command</source>
  <translation>命令</translation>
 </message>
 <message>
  <source>Menu</source>
  <translation>菜单</translation>
 </message>
 <message>
  <source>Shortcut</source>
  <translation>快捷键</translation>
 </message>
 <message>
  <source>No command and no keys of this name.</source>
  <translation>没有此名称的命令或按键。</translation>
 </message>
 <message>
  <source>No &amp;keys</source>
  <translation>无快捷键(&amp;K)</translation>
 </message>
 <message>
  <source>&amp;Default</source>
  <translation>默认(&amp;D)</translation>
 </message>
 <message>
  <source>All to de&amp;faults</source>
  <translation>全部恢复默认(&amp;F)</translation>
 </message>
 <message>
  <source>&amp;Leave it</source>
  <translation>保持不变(&amp;L)</translation>
 </message>
 <message>
  <source>Keyboard shortcuts</source>
  <translation>键盘快捷键</translation>
 </message>
 <message>
  <source>Find a command or keys</source>
  <translation>查找命令或按键</translation>
 </message>
 <message>
  <source>Commands and their shortcuts</source>
  <translation>命令及其快捷键</translation>
 </message>
 <message>
  <source>New shortcut of the chosen command</source>
  <translation>所选命令的新快捷键</translation>
 </message>
 <message>
  <source>Leave the chosen command without keys</source>
  <translation>取消所选命令的快捷键</translation>
 </message>
 <message>
  <source>Default keys of the chosen command</source>
  <translation>所选命令的默认快捷键</translation>
 </message>
 <message>
  <source>Default keys of all commands</source>
  <translation>所有命令的默认快捷键</translation>
 </message>
 <message>
  <source>The keys are taken</source>
  <translation>此按键已被占用</translation>
 </message>
 <message>
  <source>Take the keys from the other command</source>
  <translation>将此按键从另一命令移过来</translation>
 </message>
 <message>
  <source>Leave the keys with the other command</source>
  <translation>将此按键留给另一命令</translation>
 </message>
 <message>
  <source>Default</source>
  <translation>默认</translation>
 </message>
 <message>
  <source>Other</source>
  <translation>其他</translation>
 </message>
 <message>
  <source>In the pictures, not to be changed</source>
  <translation>用于图像面板，不可更改</translation>
 </message>
 <message>
  <source>Changed from the default</source>
  <translation>与默认值不同</translation>
 </message>
 <message>
  <source>Choose a command, then press its keys.</source>
  <translation>请选择一个命令，然后按下新的快捷键。</translation>
 </message>
 <message>
  <source>%1 belongs to the pictures: %2.</source>
  <translation>%1 用于图像面板：%2。</translation>
 </message>
 <message>
  <source>&amp;Take it for &quot;%1&quot;</source>
  <translation>改用于“%1”(&amp;T)</translation>
 </message>
 <message>
  <source>%1 is taken by %2.</source>
  <translation>%1 已被%2占用。</translation>
 </message>
 <message>
  <source>&quot;%1&quot;</source>
  <translation>“%1”</translation>
 </message>
</context>
<context>
 <name>uninet::SplitResults</name>
 <message>
  <source>Evaluating %1</source>
  <translation>正在评估 %1</translation>
 </message>
 <message>
  <source>An evaluation is running: open other results when it has ended.</source>
  <translation>评估正在进行：请在其结束后再打开其他结果。</translation>
 </message>
 <message>
  <source>%1 holds no image that is through all its attacks.</source>
  <translation>%1 中没有完成全部攻击的图像。</translation>
 </message>
 <message>
  <source>The sweep is done: %1.</source>
  <translation>评估已完成：%1。</translation>
 </message>
 <message numerus="yes">
  <source> %Ln attack(s) were skipped, see the log.</source>
  <translation>
   <numerusform>跳过了 %Ln 项攻击，详见日志。</numerusform>
  </translation>
 </message>
 <message>
  <source>The sweep was stopped; starting it again goes on from there.</source>
  <translation>评估已停止；再次启动将从中断处继续。</translation>
 </message>
 <message>
  <source>Intervals</source>
  <translation>置信区间</translation>
 </message>
 <message>
  <source>%1 to %2</source>
  <translation>%1 至 %2</translation>
 </message>
 <message>
  <source>%1 of %2 images</source>
  <translation>%1 / %2 幅图像</translation>
 </message>
 <message numerus="yes">
  <source>%1 on %Ln image(s)</source>
  <translation>
   <numerusform>%1，共 %Ln 幅图像</numerusform>
  </translation>
 </message>
 <message>
  <source>Could not be measured: %1.</source>
  <translation>无法测量：%1。</translation>
 </message>
 <message>
  <source>Images</source>
  <translation>图像</translation>
 </message>
</context>
<context>
 <name>uninet::StatusItems</name>
 <message>
  <source>idle</source>
  <translation>空闲</translation>
 </message>
 <message numerus="yes">
  <source> (+%Ln waiting)</source>
  <translation>
   <numerusform>（另有 %Ln 项等待）</numerusform>
  </translation>
 </message>
 <message>
  <source>No job runs or waits</source>
  <translation>没有正在运行或等待的作业</translation>
 </message>
 <message>
  <source>%1
Click for all jobs and Stop</source>
  <translation>%1
单击可查看所有作业并停止</translation>
 </message>
 <message>
  <source>Jobs: %1</source>
  <translation>作业：%1</translation>
 </message>
 <message>
  <source>%1 MB</source>
  <translation>%1 MB</translation>
 </message>
 <message>
  <source>%1 GB</source>
  <translation>%1 GB</translation>
 </message>
 <message>
  <source>Device</source>
  <translation>设备</translation>
 </message>
 <message>
  <source>What computes</source>
  <translation>用于计算的设备</translation>
 </message>
 <message>
  <source>Memory of this program</source>
  <translation>本程序占用的内存</translation>
 </message>
 <message numerus="yes">
  <source>CPU, %Ln thread(s)</source>
  <translation>
   <numerusform>CPU，%Ln 个线程</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::SweepDialog</name>
 <message>
  <source>Evaluate split</source>
  <translation>评估划分</translation>
 </message>
 <message>
  <source> of %1</source>
  <translation> / %1</translation>
 </message>
 <message>
  <source>Browse…</source>
  <translation>浏览…</translation>
 </message>
 <message>
  <source>Plan</source>
  <translation>方案</translation>
 </message>
 <message>
  <source>Images</source>
  <translation>图像</translation>
 </message>
 <message>
  <source>Results</source>
  <translation>结果</translation>
 </message>
 <message>
  <source>Not measured</source>
  <translation>未测量</translation>
 </message>
 <message>
  <source>Start</source>
  <translation>开始</translation>
 </message>
 <message>
  <source>There are results in this folder: what is missing is computed.</source>
  <translation>此文件夹中已有结果：只计算缺少的部分。</translation>
 </message>
 <message>
  <source>Folder for the results</source>
  <translation>结果的文件夹</translation>
 </message>
</context>
<context>
 <name>uninet::Timeline</name>
 <message>
  <source>detection</source>
  <translation>目标检测</translation>
 </message>
 <message>
  <source>segmentation</source>
  <translation>语义分割</translation>
 </message>
 <message>
  <source>instances</source>
  <translation>实例</translation>
 </message>
 <message>
  <source>depth</source>
  <translation>深度</translation>
 </message>
 <message>
  <source>instance depth</source>
  <translation>实例深度</translation>
 </message>
 <message>
  <source>Iterations of the attack</source>
  <translation>攻击的迭代</translation>
 </message>
 <message>
  <source>the attack begins…</source>
  <translation>攻击开始…</translation>
 </message>
 <message>
  <source>no attack yet</source>
  <translation>尚无攻击</translation>
 </message>
 <message>
  <source>no step is shown</source>
  <translation>未显示任何一步</translation>
 </message>
 <message>
  <source>target</source>
  <translation>目标</translation>
 </message>
 <message>
  <source>step %1 of %2 · running</source>
  <translation>第 %1 步，共 %2 步 · 运行中</translation>
 </message>
 <message>
  <source>stopped at %1 of %2</source>
  <translation>停在第 %1 步，共 %2 步</translation>
 </message>
 <message>
  <source>step %1 of %2 · result</source>
  <translation>第 %1 步，共 %2 步 · 结果</translation>
 </message>
 <message>
  <source>step %1 of %2</source>
  <translation>第 %1 步，共 %2 步</translation>
 </message>
 <message>
  <source>iteration %1</source>
  <translation>第 %1 次迭代</translation>
 </message>
 <message>
  <source>iteration %1, objective %2</source>
  <translation>第 %1 次迭代，目标函数 %2</translation>
 </message>
 <message>
  <source>its picture is not kept</source>
  <translation>未保存该次迭代的图像</translation>
 </message>
 <message>
  <source>%1: first below one half</source>
  <translation>%1：首次降到一半以下</translation>
 </message>
 <message>
  <source>Pause (P)</source>
  <translation>暂停 (P)</translation>
 </message>
 <message>
  <source>Play the iterations (P)</source>
  <translation>播放迭代过程 (P)</translation>
 </message>
 <message>
  <source>Pause</source>
  <translation>暂停</translation>
 </message>
 <message>
  <source>Play the iterations</source>
  <translation>播放迭代过程</translation>
 </message>
</context>
<context>
 <name>uninet::Toast</name>
 <message>
  <source>Error: %1</source>
  <translation>错误：%1</translation>
 </message>
 <message>
  <source>Information: %1</source>
  <translation>提示：%1</translation>
 </message>
 <message>
  <source>Message</source>
  <translation>消息</translation>
 </message>
 <message>
  <source>Close this message</source>
  <translation>关闭此消息</translation>
 </message>
 <message>
  <source>Close message</source>
  <translation>关闭消息</translation>
 </message>
</context>
<context>
 <name>uninet::Toasts</name>
 <message>
  <source>Error</source>
  <translation>错误</translation>
 </message>
 <message>
  <source>Information</source>
  <translation>提示</translation>
 </message>
 <message>
  <source>Message</source>
  <translation>消息</translation>
 </message>
 <message>
  <source>Copy</source>
  <translation>复制</translation>
 </message>
 <message>
  <source>Details</source>
  <translation>详细信息</translation>
 </message>
 <message numerus="yes">
  <source>+%Ln more</source>
  <translation>
   <numerusform>另有 %Ln 条</numerusform>
  </translation>
 </message>
 <message>
  <source>Messages</source>
  <translation>消息</translation>
 </message>
 <message>
  <source>Go to the messages</source>
  <translation>转到消息</translation>
 </message>
</context>
<context>
 <name>uninet::Welcome</name>
 <message>
  <source>One network, five outputs. What happens to the others when one of them is attacked?</source>
  <translation>一个网络，五种输出。攻击其中一种时，其他几种会发生什么？</translation>
 </message>
 <message>
  <source>Hide the people</source>
  <translation>隐藏行人</translation>
 </message>
 <message>
  <source>Attack the segmentation until it sees no people any more</source>
  <translation>攻击语义分割，直到它再也看不到行人</translation>
 </message>
 <message>
  <source>Close</source>
  <translation>关闭</translation>
 </message>
</context>
<context>
 <name>uninet::JobRunner</name>
 <message>
  <source>There is not enough memory, also after everything was let go that could be: close other programs, or open the network at a smaller size.</source>
  <translation>即使释放了所有可释放的内容，内存仍然不足：请关闭其他程序，或以较小的尺寸打开网络。</translation>
 </message>
</context>
<context>
 <name>uninet::SessionFile</name>
 <message>
  <source>The session cannot be written, because %1 is gone: bring that folder or drive back, or choose File ▸ Keep session as; until then nothing is lost.</source>
  <translation>无法写入会话，因为 %1 已不存在：请恢复该文件夹或驱动器，或选择“文件 ▸ 会话另存为”；在此之前不会丢失任何内容。</translation>
 </message>
</context>
<context>
 <name>uninet::NotesDialog</name>
 <message>
  <source>Notes of the session</source>
  <translation>会话备注</translation>
 </message>
 <message>
  <source>What this session is about, what was found, what is next</source>
  <translation>本会话的内容、已有的发现以及后续计划</translation>
 </message>
</context>
<context>
 <name>uninet::List</name>
 <message>
  <source>, </source>
  <translation>、</translation>
 </message>
 <message>
  <source>; </source>
  <translation>；</translation>
 </message>
</context>
<context>
 <name>uninet::Composed</name>
 <message>
  <source>%1 hidden from depth</source>
  <translation>对深度隐藏 %1</translation>
 </message>
 <message>
  <source>%1 hidden from segmentation</source>
  <translation>对分割隐藏 %1</translation>
 </message>
 <message>
  <source>%1 and %2 swapped</source>
  <translation>%1 与 %2 互换</translation>
 </message>
 <message>
  <source>%1 and %2 swapped in segmentation</source>
  <translation>分割中 %1 与 %2 互换</translation>
 </message>
</context>
<context>
 <name>uninet::SecondNetwork</name>
 <message>
  <source>Opening %1</source>
  <translation>正在打开 %1</translation>
 </message>
 <message>
  <source>Open a network first: the second one stands beside it.</source>
  <translation>请先打开一个网络：第二个网络与它并列。</translation>
 </message>
 <message>
  <source>%1 is the network that is open already: choose another one to compare.</source>
  <translation>%1 就是已打开的网络：请选择另一个来比较。</translation>
 </message>
 <message>
  <source>%1 cannot stand beside %2: its classes are %3, those of %2 are %4.</source>
  <translation>%1 不能与 %2 并列：它的类别是 %3，而 %2 的类别是 %4。</translation>
 </message>
 <message>
  <source>The second network cannot be opened, because %1 is not there: bring that folder or drive back and it is opened by itself.</source>
  <translation>第二个网络无法打开，因为 %1 不存在：请恢复该文件夹或驱动器，它会自动打开。</translation>
 </message>
</context>
</TS>
